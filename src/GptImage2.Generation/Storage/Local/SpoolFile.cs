using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// A place that takes the bytes of one picture, and gives them back to be taken elsewhere. Whatever stands in its way is an
/// <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal abstract class SpoolFile
{
    public abstract void Write(ReadOnlySpan<byte> bytes, long at);

    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long at, CancellationToken cancellationToken);

    public abstract int Read(Span<byte> buffer, long at);

    /// <summary>Makes what was written last.</summary>
    public abstract void FlushToDisk();

    /// <summary>Gives what was sealed the name it goes by. Then nothing can be written or read here.</summary>
    /// <exception cref="ImageException">It is no picture; its bytes are kept all the same.</exception>
    public abstract StoredFile Commit(long length, string sha256);

    /// <summary>Lets go of what was written, and leaves it where it is.</summary>
    /// <returns>Where that is.</returns>
    public abstract string Detach();

    /// <summary>Leaves nothing behind.</summary>
    public abstract void Delete();
}
