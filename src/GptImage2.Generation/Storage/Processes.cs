namespace GptImage2.Generation.Storage;

/// <summary>
/// Which server processes of one catalog are alive. Each holds an exclusive lock on a file of its own; the kernel lets go
/// of it however the process ends, so no clock and no process number can be mistaken.
/// </summary>
public sealed class Processes(StorageOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder = Path.Combine(options.CatalogFolder, "processes");
    private FileStream? _held;

    /// <summary>This process, which counts as alive from the first time anybody asks for its id.</summary>
    /// <exception cref="Failures.ImageException">The catalog's folder cannot be written to.</exception>
    public string Own
    {
        get
        {
            lock (_gate)
            {
                _held ??= Hold();
                return Path.GetFileNameWithoutExtension(_held.Name);
            }
        }
    }

    public bool IsAlive(string id)
    {
        lock (_gate)
        {
            if (_held is not null && Path.GetFileNameWithoutExtension(_held.Name) == id)
            {
                return true;
            }
        }

        try
        {
            using var free = new FileStream(PathOf(id), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // When in doubt a process is alive: taking a living one's work away may bill twice.
            return true;
        }
    }

    /// <summary>Removes the files of processes that have ended.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*.lock") : [])
        {
            if (!IsAlive(Path.GetFileNameWithoutExtension(file)))
            {
                File.Delete(file);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _held?.Dispose();
            _held = null;
        }
    }

    private string PathOf(string id) => Path.Combine(_folder, id + ".lock");

    private FileStream Hold()
    {
        try
        {
            Directory.CreateDirectory(_folder);
            return new FileStream(PathOf(Id.ForProcess()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw CatalogFailures.Explain(exception, Path.Combine(options.CatalogFolder, "catalog.db"));
        }
    }
}
