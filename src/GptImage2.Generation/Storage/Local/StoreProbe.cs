namespace GptImage2.Generation.Storage.Local;

/// <summary>Finds out whether images can be stored, by writing a file and deleting it.</summary>
public static class StoreProbe
{
    /// <param name="root">Absolute folder of the store; created where it is missing.</param>
    /// <exception cref="IOException">Nothing can be written there; so with <see cref="UnauthorizedAccessException"/>.</exception>
    public static async Task RunAsync(string root, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root);
        var probe = Path.Combine(root, $".probe-{IdGenerator.CreateJobId()}");
        await File.WriteAllTextAsync(probe, "", cancellationToken);
        File.Delete(probe);
    }
}
