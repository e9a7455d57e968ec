namespace GptImage2.Generation.Uploads;

/// <summary>How much may be uploaded.</summary>
/// <param name="MaxBytes">Of one file.</param>
public sealed record UploadLimits(long MaxBytes)
{
    /// <summary>How long an upload waits for a job to be made from it.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    /// <summary>How many files of one owner may wait.</summary>
    public int MaxWaiting { get; init; } = 100;

    /// <summary>How many bytes of one owner may wait.</summary>
    public long MaxWaitingBytes { get; init; } = 1L << 30;

    /// <summary>How many files of one owner may arrive at the same time.</summary>
    public int MaxArriving { get; init; } = 8;
}
