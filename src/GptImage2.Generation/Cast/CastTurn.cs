namespace GptImage2.Generation.Cast;

/// <summary>The right to change a cast, which one process has at a time: an exclusive lock on a file, which the kernel releases however the process dies.</summary>
internal sealed class CastTurn : IDisposable
{
    private const string LockName = ".lock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private CastTurn(FileStream file) => _file = file;

    /// <exception cref="ImageException">The folder is not writable, or another process has had its turn for too long.</exception>
    public static async Task<CastTurn> TakeAsync(string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            if (TryOpen(folder) is { } file)
            {
                return new CastTurn(file);
            }

            if (clock.GetElapsedTime(start) > Patience)
            {
                throw CastErrors.Busy(folder);
            }

            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException || exception is IOException && !File.Exists(Path.Combine(folder, LockName)))
        {
            throw CastErrors.NotWritten(folder, exception);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
