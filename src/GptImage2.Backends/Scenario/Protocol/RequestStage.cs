namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>What a failed request can have cost.</summary>
internal enum RequestStage
{
    /// <summary>Nothing has been started: no failure is billed.</summary>
    Before,

    /// <summary>The request starts a job: a refusal is not billed, and a failure may be.</summary>
    Run,

    /// <summary>A job has been started: it goes on, whatever becomes of a question about it.</summary>
    After,
}
