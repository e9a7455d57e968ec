using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>
/// Sorts the events of OpenAI's image streams (openai-node 7.57.0, 2026-11): previews become partials, the completed
/// image goes straight to the sink, an error is thrown.
/// </summary>
internal sealed class OpenAIImageEvents(IRenderSink sink, RenderSinkTarget images) : IEventTarget
{
    /// <summary>A larger preview is not shown; it is a convenience and must not cost memory.</summary>
    public const int MaxPreviewBytes = 16 << 20;

    private ArrayBufferWriter<byte>? _buffered;
    private string? _type;
    private bool _toSink;

    /// <summary>The data of the event that completed the request, images emptied.</summary>
    public JsonElement? Completed { get; private set; }

    public void OnEventName(string name) => _type = name is "" ? null : name;

    public void Begin(ReadOnlySpan<byte> before)
    {
        _type ??= ReadLeadingType(before);
        _toSink = IsCompleted(_type);
        if (_toSink)
        {
            images.Begin(before);
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
            await images.WriteAsync(decoded, cancellationToken);
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
            await images.EndAsync(cancellationToken);
            _toSink = false;
        }
    }

    public async ValueTask OnEventAsync(JsonElement data, CancellationToken cancellationToken)
    {
        var type = _type ?? LenientJson.GetText(data, "type") ?? LenientJson.GetText(data, "event");
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

        // What went to the sink before its event turned out to be no completed image is discarded.
        await images.DisposeAsync();
        (_type, _buffered, _toSink) = (null, null, false);
    }

    /// <summary>Only a finished image can be this large: until its event says what it is, it goes to the sink, uncompleted.</summary>
    private async ValueTask SpillToSinkAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        var buffered = _buffered!.WrittenMemory;
        _buffered = null;
        if (_type is not null)
        {
            return;
        }

        _toSink = true;
        images.Begin([]);
        await images.WriteAsync(buffered, cancellationToken);
        await images.WriteAsync(decoded, cancellationToken);
    }

    private async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffered is { } buffered)
        {
            images.Begin([]);
            await images.WriteAsync(buffered.WrittenMemory, cancellationToken);
            await images.EndAsync(cancellationToken);
        }
        else if (_toSink)
        {
            await images.EndAsync(cancellationToken);
        }
    }

    private static bool IsPreview(string? type) => type is "image_generation.partial_image" or "image_edit.partial_image";

    private static bool IsCompleted(string? type) => type is "image_generation.completed" or "image_edit.completed";

    /// <summary>The type, where it stands before the image, as it does in OpenAI's own streams.</summary>
    private static string? ReadLeadingType(ReadOnlySpan<byte> beginning)
    {
        try
        {
            return LenientJson.GetText(JsonElement.Parse([.. beginning, .. "null}"u8]), "type");
        }
        catch (JsonException)
        {
            // Nested, or invalid, which is reported when the event ends.
            return null;
        }
    }
}
