using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.OpenAI;

/// <summary>Writes an answer as slowly, as finely and as incompletely as its <see cref="Reply"/> says. Never holds a picture as text.</summary>
internal sealed class PacedBody(HttpContext context, Reply reply)
{
    /// <summary>A multiple of three, so that slices of a picture join without padding.</summary>
    private const int Slice = 48 * 1024;

    private long _written;
    private bool _dropped;

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WritePictureAsync(ReadOnlyMemory<byte> picture)
    {
        var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Slice));
        for (var start = 0; start < picture.Length && !_dropped; start += Slice)
        {
            var slice = picture[start..Math.Min(start + Slice, picture.Length)];
            Base64.EncodeToUtf8(slice.Span, text, out _, out var length);
            await WriteAsync(text.AsMemory(0, length));
        }

        ArrayPool<byte>.Shared.Return(text);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty && !_dropped)
        {
            var length = Math.Min(bytes.Length, reply.ChunkSize > 0 ? reply.ChunkSize : bytes.Length);
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
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        if (reply.ChunkPause > TimeSpan.Zero)
        {
            await Task.Delay(reply.ChunkPause, TimeProvider.System, context.RequestAborted);
        }
    }
}
