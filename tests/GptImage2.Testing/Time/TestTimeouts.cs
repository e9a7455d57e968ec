namespace GptImage2.Testing.Time;

/// <summary>Tests wait for events and not for clocks; this only keeps a broken one from waiting for ever.</summary>
public static class TestTimeouts
{
    /// <summary>Longer than a machine that is busy with something else takes for anything here.</summary>
    public static readonly TimeSpan Safety = TimeSpan.FromMinutes(3);
}
