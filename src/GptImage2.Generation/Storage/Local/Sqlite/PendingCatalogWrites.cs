namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>
/// Images that could not be written to the catalog's file, as on a full disk: found in this process until it ends, before all
/// that the file holds, because nothing newer has been written since.
/// </summary>
internal sealed class PendingCatalogWrites
{
    /// <summary>Positions in lists are above all that a file ever has, so that one cursor walks through both.</summary>
    private const long FirstPosition = 1L << 52;

    private readonly Lock _gate = new();
    private readonly SortedList<long, ImageRecord> _records = [];
    private long _next = FirstPosition;

    /// <summary>Replaces what was known of that image.</summary>
    public void Add(ImageRecord record)
    {
        lock (_gate)
        {
            RemoveWhere(known => known.Id == record.Id);
            _records.Add(_next++, record);
        }
    }

    /// <summary>Forgets images that have been written; not those that were replaced since.</summary>
    public void Remove(IReadOnlyList<ImageRecord> written)
    {
        lock (_gate)
        {
            RemoveWhere(known => written.Any(record => ReferenceEquals(record, known)));
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ImageRecord> All()
    {
        lock (_gate)
        {
            return [.. _records.Values];
        }
    }

    public ImageRecord? Find(string owner, string id) => All().FirstOrDefault(record => record.Id == id && record.Owner == owner);

    /// <summary>Those that a list can show, newest first, each with its position.</summary>
    public IReadOnlyList<(long Position, ImageRecord Record)> List(string owner)
    {
        lock (_gate)
        {
            return [.. _records.Reverse().Where(entry => entry.Value.Delivered && entry.Value.Owner == owner).Select(entry => (entry.Key, entry.Value))];
        }
    }

    /// <summary>By the beginning of the id, or any part of the file's name, newest first.</summary>
    public IEnumerable<ImageSuggestion> Suggest(string owner, string typed)
    {
        var text = typed.Trim().ToLowerInvariant();
        var id = ImageSuggestionQuery.ExtractId(text);
        return All().Reverse()
            .Where(record => record.Delivered && record.Owner == owner)
            .Select(record => new ImageSuggestion(record.Id, Path.GetFileName(record.File.Path).ToLowerInvariant() is var name && ImageFileNaming.ParseId(name) == record.Id ? name : null))
            .Where(image => image.Id.StartsWith(id, StringComparison.Ordinal) || ImageSuggestionQuery.MatchesEverything(text, id) || image.FileName?.Contains(text, StringComparison.Ordinal) is true);
    }

    private void RemoveWhere(Func<ImageRecord, bool> which)
    {
        foreach (var position in _records.Where(entry => which(entry.Value)).Select(entry => entry.Key).ToArray())
        {
            _records.Remove(position);
        }
    }
}
