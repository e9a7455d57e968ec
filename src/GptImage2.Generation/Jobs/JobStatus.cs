using GptImage2.Generation.Json;

namespace GptImage2.Generation.Jobs;

/// <summary>How far a job is. The names are part of the contract with clients.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Only planned: a dry run.</summary>
    Planned,
    Queued,
    Running,
    Done,

    /// <summary>It failed, but some images are there.</summary>
    Partial,
    Failed,
    Cancelled,

    /// <summary>The server ended before the job did.</summary>
    Interrupted,
}

/// <summary>What a job is doing.</summary>
public enum JobStage
{
    Queued,
    Sending,
    Drawing,
    Receiving,
    Finishing,
    Over,
}
