namespace GptImage2.Generation.Planning;

/// <summary>The names of further copies.</summary>
public static class SaveToNames
{
    /// <summary>The path of one image's copy; above one image the number becomes part of every name.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="number">Which image of the job, from 1.</param>
    /// <param name="count">How many the job makes.</param>
    public static string Create(string path, int number, int count) => count > 1 ? WithNumber(path, number) : path;

    /// <summary>The path itself, or the first numbered one that nothing has.</summary>
    public static string FindFree(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(next => next is 1 ? path : WithNumber(path, next)).First(candidate => !Exists(candidate));

    /// <summary>The copies that the plan would write, each as it is wanted and as it would be named now.</summary>
    public static IReadOnlyList<(string Wanted, string Written)> Predict(JobPlan plan) => plan is not { CopyTo: { } path, Request: var request }
        ? []
        : [.. Enumerable.Range(1, request.Count)
            .Select(number => Create(path, number, request.Count))
            .Select(wanted => (wanted, request.Delivery.Overwrite ? wanted : FindFree(wanted)))];

    /// <summary>Whether anything has this name, even a link to nothing.</summary>
    public static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static string WithNumber(string path, int number) => Path.Combine(
        Path.GetDirectoryName(path)!,
        $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");
}
