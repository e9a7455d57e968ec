namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// Which server processes of one catalog are alive. Each holds an exclusive lock on a file of its own; the kernel releases it
/// however the process ends, so neither a wrong clock nor a reused process id matters.
/// </summary>
public sealed class ServerInstanceRegistry(StorageOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder = Path.Combine(options.CatalogFolder, "processes");
    private FileStream? _lock;

    /// <summary>This process, which counts as alive from the first read of this property.</summary>
    /// <exception cref="ImageException">The catalog's folder cannot be written to.</exception>
    public string CurrentId
    {
        get
        {
            lock (_gate)
            {
                _lock ??= AcquireLock();
                return Path.GetFileNameWithoutExtension(_lock.Name);
            }
        }
    }

    public bool IsAlive(string id)
    {
        lock (_gate)
        {
            if (_lock is not null && Path.GetFileNameWithoutExtension(_lock.Name) == id)
            {
                return true;
            }
        }

        try
        {
            using var free = new FileStream(GetLockPath(id), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // When in doubt a process is alive: taking over the work of a living one may bill twice.
            return true;
        }
    }

    /// <summary>Removes the files of processes that have ended.</summary>
    public void RemoveDead()
    {
        var files = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*.lock") : [];
        foreach (var file in files.Where(file => !IsAlive(Path.GetFileNameWithoutExtension(file))))
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _lock?.Dispose();
            _lock = null;
        }
    }

    private string GetLockPath(string id) => Path.Combine(_folder, id + ".lock");

    private FileStream AcquireLock()
    {
        try
        {
            Directory.CreateDirectory(_folder);
            return new FileStream(GetLockPath(IdGenerator.CreateInstanceId()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.CatalogFolderUnusable(exception, options.CatalogFolder);
        }
    }
}
