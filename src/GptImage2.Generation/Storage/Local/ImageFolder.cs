namespace GptImage2.Generation.Storage.Local;

/// <summary>A folder in which pictures lie side by side.</summary>
/// <param name="Absolute">Its path.</param>
/// <param name="Day">Its name in the store; null for a folder outside.</param>
internal sealed record ImageFolder(string Absolute, string? Day)
{
    public string GetPath(string name) => Path.Combine(Absolute, name);

    /// <summary>The path by which records know a file of this folder.</summary>
    public string GetStoredPath(string name) => Day is null ? GetPath(name) : $"{Day}/{name}";

    /// <summary>A folder outside the store was made for one picture, and goes with it.</summary>
    public void DeleteIfTemporary()
    {
        if (Day is null)
        {
            Directory.Delete(Absolute);
        }
    }
}
