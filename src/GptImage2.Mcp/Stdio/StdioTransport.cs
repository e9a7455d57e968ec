using System.IO.Pipelines;
using System.Threading.Channels;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Stdio;

/// <summary>
/// stdin and stdout, where the end of the input does not end the answers. The SDK's own transport sends nothing more once
/// its input has ended, although the session still waits for every handler; this one sends until it is disposed. So every
/// request that was read is answered. Only questions to the client (elicitation, sampling) fail then, because nobody is
/// left to answer them, and the handlers that wait for them end.
/// </summary>
/// <param name="input">Read to its end; a console read cannot be cancelled, so one may be left behind.</param>
/// <param name="output">Receives one JSON-RPC message a line.</param>
/// <param name="onNotification">Called with each notification before it is handed on, so in order: the session handles messages concurrently.</param>
/// <param name="onInputEnded">Called once, after the last message was handed on.</param>
internal sealed class StdioTransport(Stream input, Stream output, Action<JsonRpcNotification> onNotification, Action onInputEnded)
    : StreamServerTransport(CreateCancellable(input), output, ServerDefinition.Name), ITransport
{
    private const int ReadSize = 64 * 1024;

    private static readonly JsonRpcErrorDetail InputEnded = new() { Code = (int)McpErrorCode.InternalError, Message = "The client has closed its end and answers nothing more." };

    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new() { SingleReader = true });
    private readonly Stream _output = output;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly HashSet<RequestId> _questions = [];
    private Task? _forwarding;
    private bool _inputEnded;

    ChannelReader<JsonRpcMessage> ITransport.MessageReader
    {
        get
        {
            _forwarding ??= ForwardAsync();
            return _messages.Reader;
        }
    }

    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (message is JsonRpcRequest question)
        {
            AddQuestion(question.Id);
        }

        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage))), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // A line that was begun is written to its end, or the next message would be lost with it.
            await _output.WriteAsync(line, CancellationToken.None);
            await _output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static Stream CreateCancellable(Stream input)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: ReadSize));
        _ = CopyAsync(input, pipe.Writer);
        return pipe.Reader.AsStream();
    }

    /// <summary>An input that cannot be read any more has ended.</summary>
    private static async Task CopyAsync(Stream input, PipeWriter writer)
    {
        try
        {
            await input.CopyToAsync(writer);
        }
        finally
        {
            await writer.CompleteAsync();
        }
    }

    private async Task ForwardAsync()
    {
        await foreach (var message in MessageReader.ReadAllAsync())
        {
            if (message is JsonRpcResponse or JsonRpcError)
            {
                RemoveQuestion(((JsonRpcMessageWithId)message).Id);
            }

            if (message is JsonRpcNotification notification)
            {
                onNotification(notification);
            }

            _messages.Writer.TryWrite(message);
        }

        foreach (var id in EndQuestions())
        {
            _messages.Writer.TryWrite(new JsonRpcError { Id = id, Error = InputEnded });
        }

        _messages.Writer.Complete();
        onInputEnded();
    }

    private void AddQuestion(RequestId id)
    {
        lock (_questions)
        {
            _ = _inputEnded ? throw new McpException(InputEnded.Message) : _questions.Add(id);
        }
    }

    private void RemoveQuestion(RequestId id)
    {
        lock (_questions)
        {
            _questions.Remove(id);
        }
    }

    private RequestId[] EndQuestions()
    {
        lock (_questions)
        {
            _inputEnded = true;
            return [.. _questions];
        }
    }
}
