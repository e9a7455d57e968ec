using GptImage2.Generation.Uploads;
using Microsoft.AspNetCore.WebUtilities;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>A file of a form; at its end it makes sure that no other follows, of which nobody would hear.</summary>
internal sealed class OnlyFileStream(MultipartReader form, Stream file) : Stream
{
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _ended ? 0 : await UploadBody.ReadFormAsync(async () => await file.ReadAsync(buffer, cancellationToken));
        if (read is 0 && !_ended)
        {
            _ended = true;
            if (await UploadBody.FindFileAsync(form, cancellationToken) is not null)
            {
                throw new UploadRefusedException(UploadRefusal.InvalidUpload, "expected a form with one file but received several. Upload each alone.");
            }
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
