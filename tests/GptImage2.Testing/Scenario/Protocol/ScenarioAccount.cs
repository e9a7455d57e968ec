namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>Who the user is at Scenario, and what they may do there.</summary>
public sealed class ScenarioAccount
{
    public string Key { get; init; } = "api_0123456789abcdef";

    public string KeySecret { get; init; } = "verysecret0123456789";

    /// <summary>The bearer token that is valid now.</summary>
    public string Token { get; set; } = "jwt.0123456789.abcdef";

    /// <summary>The only project that the key may work in.</summary>
    public string ProjectId { get; init; } = "proj_x";

    /// <summary>The plan that every model needs and the user does not have; null for none.</summary>
    public string? RequiredPlan { get; set; }

    /// <summary>Creative units that may be spent in all; null for any number.</summary>
    public decimal? Credits { get; set; }

    /// <summary>How many jobs may run at once; null for any number.</summary>
    public int? MaxConcurrentJobs { get; set; }

    /// <summary>Requests of a project in a minute (Scenario's page on workflows, 2026-08).</summary>
    public int RequestsPerMinute { get; set; } = 100;

    /// <summary>How far Scenario's clock is ahead of this machine's.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>By Scenario's clock.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + ClockAhead;
}
