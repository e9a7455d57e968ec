using GptImage2.Testing.Time;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>Hears of every file in a folder whose bytes are read, from whatever process. Linux only.</summary>
internal sealed class FileReadWatcher : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly BlockingCollection<string> _names = [];

    public FileReadWatcher(string folder)
    {
        _watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.LastAccess };
        _watcher.Changed += (_, change) => _names.Add(change.Name!);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>All that were read until now: what is heard before a read of our own.</summary>
    public async Task<IReadOnlyList<string>> SoFarAsync()
    {
        var ours = Path.Combine(_watcher.Path, "heard.txt");
        await File.WriteAllTextAsync(ours, "heard");
        await File.ReadAllTextAsync(ours);
        return await Task.Run(() => Until("heard.txt"));
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _names.Dispose();
    }

    private List<string> Until(string last)
    {
        var heard = new List<string>();
        while (_names.TryTake(out var name, TestTimeouts.Safety))
        {
            if (name == last)
            {
                return heard;
            }

            heard.Add(name);
        }

        throw new TimeoutException("Reads are not heard of.");
    }
}
