namespace GptImage2.Generation.Jobs;

/// <summary>How far a job is. The names are part of the contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Only planned: a dry run.</summary>
    [JsonStringEnumMemberName("planned")]
    Planned,

    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>It failed, but some images are there.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The server ended before the job did.</summary>
    [JsonStringEnumMemberName("interrupted")]
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
