namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>Another time of day for one process, where libfaketime is installed. How time passes stays as it is.</summary>
internal static class FakeTimeLibrary
{
    private static readonly string? Library = OperatingSystem.IsLinux() ? Find() : null;

    public static bool IsAvailable => Library is not null;

    public static (string, string)[] Settings(TimeSpan jump) =>
    [
        ("LD_PRELOAD", Library!),
        ("FAKETIME", string.Create(CultureInfo.InvariantCulture, $"{jump.TotalSeconds:+0;-0}s")),
        ("DONT_FAKE_MONOTONIC", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("NO_FAKE_STAT", "1"),
    ];

    private static string? Find() => Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib", "*-linux-*").Append("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;
}
