namespace GptImage2.Generation.Storage;

/// <summary>Creates ids that cannot be guessed.</summary>
public static class IdGenerator
{
    /// <summary>Without 0, 1, l and o, so that an id survives being read aloud.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private const int Length = 16;

    /// <summary>What the id of a panel's job begins with.</summary>
    public const string PanelJobPrefix = "panel_";

    /// <summary>What the id of a board begins with.</summary>
    public const string BoardPrefix = "board_";

    /// <summary>The expression every id satisfies, after its prefix.</summary>
    public const string Pattern = "[a-km-np-z2-9]{16}";

    /// <summary>
    /// The same for the same image of the same job, so that a file left by a crash can be attributed, and an image that is
    /// finished again keeps its id. It cannot be guessed without the job's id.
    /// </summary>
    /// <param name="number">Which of the job's images, from 1.</param>
    /// <param name="finished">Whether post-processing made it from the service's image.</param>
    public static string CreateImageId(string jobId, int number, bool finished)
    {
        var name = $"{jobId}/{number}/{(finished ? "finished" : "kept")}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return "img_" + string.Concat(hash.Take(Length).Select(value => Alphabet[value % Alphabet.Length]));
    }

    /// <summary>For an image that was not made here.</summary>
    public static string CreateUploadId() => "img_" + RandomNumberGenerator.GetString(Alphabet, Length);

    public static string CreateJobId() => "job_" + RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>For the job that draws one panel of a board, which is a part of another job.</summary>
    public static string CreatePanelJobId() => PanelJobPrefix + RandomNumberGenerator.GetString(Alphabet, Length);

    public static string CreateBoardId() => BoardPrefix + RandomNumberGenerator.GetString(Alphabet, Length);

    public static string CreateChangeId() => "change_" + RandomNumberGenerator.GetString(Alphabet, Length);

    public static string CreateInstanceId() => RandomNumberGenerator.GetString(Alphabet, Length);
}
