using System.Buffers.Text;
using GptImage2.Testing.OpenAI.Accounting;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.OpenAI.Responses;

/// <summary>Writes an answer as slowly, as finely and as incompletely as its <see cref="ScriptedResponse"/> says. Never holds an image as text.</summary>
internal sealed class ThrottledResponseBody(HttpContext context, ScriptedResponse reply, BillingEntry? entry = null)
{
    /// <summary>A multiple of three, so that slices of an image join without padding.</summary>
    private const int Slice = 48 * 1024;

    private long _written;
    private bool _dropped;
    private bool _stalled;

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteImageAsync(ReadOnlyMemory<byte> image)
    {
        var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Slice));
        for (var start = 0; start < image.Length && !_dropped; start += Slice)
        {
            var slice = image[start..Math.Min(start + Slice, image.Length)];
            Base64.EncodeToUtf8(slice.Span, text, out _, out var length);
            await WriteAsync(text.AsMemory(0, length));
        }

        ArrayPool<byte>.Shared.Return(text);

        // With the quotation mark that is yet to come.
        entry?.RecordImageWritten(image, _written + 1);
    }

    /// <summary>Everything has been written.</summary>
    public async Task CompleteAsync()
    {
        await StallAsync(due: reply.StallAfter is not null);
        await FlushAsync();
        if (!_dropped)
        {
            entry?.RecordFullySent();
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty && !_dropped)
        {
            await StallAsync(due: reply.StallAfter <= _written);
            var length = Math.Min(bytes.Length, reply.ChunkSize > 0 ? reply.ChunkSize : bytes.Length);
            length = !_stalled && reply.StallAfter is { } place && place - _written < length ? (int)(place - _written) : length;
            if (reply.DropAfter is { } end && end - _written < length)
            {
                await SendAsync(bytes[..(int)(end - _written)]);
                _dropped = true;
                return;
            }

            await SendAsync(bytes[..length]);
            bytes = bytes[length..];
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        _written += bytes.Length;
        if (reply.ChunkSize > 0 || reply.DropAfter is not null)
        {
            await FlushAsync();
        }

        if (reply.ChunkPause > TimeSpan.Zero)
        {
            await Task.Delay(reply.ChunkPause, TimeProvider.System, context.RequestAborted);
        }
    }

    private async Task StallAsync(bool due)
    {
        if (due && !_stalled)
        {
            _stalled = true;
            await FlushAsync();
            entry?.RecordStall();
            await reply.StallEnd.WaitAsync(context.RequestAborted);
        }
    }

    private async Task FlushAsync()
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        entry?.RecordFlushed(_written);
    }
}
