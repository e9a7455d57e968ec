namespace GptImage2.Testing.Images;

/// <summary>Cuts compressed pixels into IDAT chunks of at most a mebibyte, as encoders do.</summary>
internal sealed class PngDataStream(Stream file) : MemoryStream
{
    private const int Limit = 1 << 20;

    /// <summary>The base class leads every other way of writing here.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        base.Write(buffer, offset, count);
        if (Length >= Limit)
        {
            Cut();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && CanWrite && Length > 0)
        {
            Cut();
        }

        base.Dispose(disposing);
    }

    private void Cut()
    {
        PngChunk.Write(file, "IDAT"u8, GetBuffer().AsSpan(0, (int)Length));
        SetLength(0);
    }
}
