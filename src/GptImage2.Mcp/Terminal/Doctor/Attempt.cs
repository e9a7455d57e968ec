namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>A check as a finding, whatever comes of it.</summary>
internal static class Attempt
{
    /// <param name="check">Says what it found, or throws why it is wrong.</param>
    /// <param name="remedy">What mends it.</param>
    public static async Task<DoctorFinding> RunAsync(string subject, Func<Task<string>> check, Func<Exception, string?> remedy)
    {
        try
        {
            return DoctorFinding.Ok(subject, await check());
        }
        catch (Exception failure) when (failure is ImageException or ImagingUnavailableException or IOException or UnauthorizedAccessException)
        {
            return DoctorFinding.Wrong(subject, failure.Message, remedy(failure));
        }
    }
}
