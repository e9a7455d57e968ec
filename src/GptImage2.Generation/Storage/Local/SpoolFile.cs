namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// Receives the bytes of one image, and returns them to be copied elsewhere. All its errors are <see cref="IOException"/>s or
/// <see cref="UnauthorizedAccessException"/>s.
/// </summary>
internal abstract class SpoolFile
{
    private const int PieceSize = 64 << 10;

    public abstract void Write(ReadOnlySpan<byte> bytes, long at);

    public virtual void FlushToDisk()
    {
    }

    /// <summary>Gives the complete file its final name. Then nothing can be written or read here.</summary>
    /// <exception cref="ImageException">It is not an image; its bytes are stored all the same.</exception>
    public abstract StoredFile Commit(long length, string sha256);

    /// <summary>Closes the file and leaves it where it is.</summary>
    /// <returns>Its path.</returns>
    public abstract string Detach();

    public abstract void Delete();

    /// <summary>Writes the first bytes to another, and makes sure that they are what was once written here.</summary>
    public void CopyTo(SpoolFile next, long length, ReadOnlySpan<byte> sha256)
    {
        using var check = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceSize];
        for (var at = 0L; at < length;)
        {
            var read = Read(piece.AsSpan(0, (int)Math.Min(piece.Length, length - at)), at);
            next.Write(read > 0 ? piece.AsSpan(0, read) : throw new EndOfStreamException(), at);
            check.AppendData(piece, 0, read);
            at += read;
        }

        if (!sha256.SequenceEqual(check.GetCurrentHash()))
        {
            throw new IOException("What was written reads back differently.");
        }
    }

    /// <summary>Nothing is copied from the last place.</summary>
    protected virtual int Read(Span<byte> buffer, long at) => throw new NotSupportedException();
}
