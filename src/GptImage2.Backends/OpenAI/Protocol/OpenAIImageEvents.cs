using System.Buffers;
using System.Text.Json;
using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>
/// Sorts the events of OpenAI's image streams (openai-node 7.57.0, 2026-11): previews become partials, the completed
/// picture goes straight to where it is kept, an error is thrown.
/// </summary>
internal sealed class OpenAIImageEvents(IRenderSink sink, RenderSinkTarget pictures) : IEventTarget
{
    /// <summary>A larger preview is not shown; it is a convenience and must not cost memory.</summary>
    public const int MaxPreviewBytes = 16 << 20;

    private ArrayBufferWriter<byte>? _buffered;
    private string? _type;
    private bool _toSink;

    /// <summary>The data of the event that completed the request, pictures emptied.</summary>
    public JsonElement? Completed { get; private set; }

    public void OnEventName(string name) => _type = name is "" ? null : name;

    public void Begin(ReadOnlySpan<byte> before)
    {
        _type ??= ReadLeadingType(before);
        _toSink = IsCompleted(_type);
        if (_toSink)
        {
            pictures.Begin(before);
        }
        else if (_type is null || IsPreview(_type))
        {
            _buffered = new ArrayBufferWriter<byte>();
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        if (_toSink)
        {
            await pictures.WriteAsync(decoded, cancellationToken);
        }
        else if (_buffered?.WrittenCount + decoded.Length > MaxPreviewBytes)
        {
            await SpillToSinkAsync(decoded, cancellationToken);
        }
        else
        {
            _buffered?.Write(decoded.Span);
        }
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_toSink && IsCompleted(_type))
        {
            await pictures.EndAsync(cancellationToken);
            _toSink = false;
        }
    }

    public async ValueTask OnEventAsync(JsonElement data, CancellationToken cancellationToken)
    {
        var type = _type ?? LenientJson.GetText(LenientJson.GetMember(data, "type")) ?? LenientJson.GetText(LenientJson.GetMember(data, "event"));
        if (type is "error" || LenientJson.GetMember(data, "error") is not null)
        {
            throw new ApiErrorEventException(ApiErrorBody.From(data));
        }

        if (IsCompleted(type))
        {
            await CompleteAsync(cancellationToken);
            Completed = data;
        }
        else if (IsPreview(type) && _buffered is { WrittenCount: > 0 })
        {
            sink.Partial(_buffered.WrittenMemory);
        }

        // What went to the sink before its event turned out to be no completed picture is given up.
        await pictures.DisposeAsync();
        (_type, _buffered, _toSink) = (null, null, false);
    }

    /// <summary>Only a finished picture can be this large: until its event says what it is, it goes to the sink, uncompleted.</summary>
    private async ValueTask SpillToSinkAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        var buffered = _buffered!.WrittenMemory;
        _buffered = null;
        if (_type is not null)
        {
            return;
        }

        _toSink = true;
        pictures.Begin([]);
        await pictures.WriteAsync(buffered, cancellationToken);
        await pictures.WriteAsync(decoded, cancellationToken);
    }

    private async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffered is { } buffered)
        {
            pictures.Begin([]);
            await pictures.WriteAsync(buffered.WrittenMemory, cancellationToken);
            await pictures.EndAsync(cancellationToken);
        }
        else if (_toSink)
        {
            await pictures.EndAsync(cancellationToken);
        }
    }

    private static bool IsPreview(string? type) => type is "image_generation.partial_image" or "image_edit.partial_image";

    private static bool IsCompleted(string? type) => type is "image_generation.completed" or "image_edit.completed";

    /// <summary>The type, where it stands before the picture, as it does in OpenAI's own streams.</summary>
    private static string? ReadLeadingType(ReadOnlySpan<byte> beginning)
    {
        try
        {
            var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("type"u8))
                {
                    return reader.Read() && reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A broken text is told of when the event ends.
            return null;
        }
    }
}
