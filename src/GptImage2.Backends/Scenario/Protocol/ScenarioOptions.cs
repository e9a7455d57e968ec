using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario.Models;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>How to reach Scenario, and as whom. Either a key with its secret or a token is needed.</summary>
public sealed record ScenarioOptions
{
    /// <summary>Of an API key; ASCII without spaces and colons.</summary>
    public Secret? Key { get; init; }

    /// <summary>Of the same API key.</summary>
    public Secret? KeySecret { get; init; }

    /// <summary>A bearer token in place of a key. Scenario's own live for about a minute.</summary>
    public Secret? Token { get; init; }

    /// <summary>The project to work in, for credentials that are not bound to one.</summary>
    public string? ProjectId { get; init; }

    /// <summary>What precedes /generate, with the version of the API.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.cloud.scenario.com/v1");

    /// <summary>A model's id, Scenario's or OpenAI's; it decides the profile.</summary>
    public string Model { get; init; } = ScenarioModels.Default;

    /// <summary>Which of its models removes backgrounds, one of <see cref="ScenarioRemovers.Names"/>.</summary>
    public string Remover { get; init; } = ScenarioRemovers.Default;

    /// <summary>What the user pays for one creative unit in USD; null where they have not said so.</summary>
    public decimal? UsdPerCredit { get; init; }

    /// <summary>The least time between two questions about one job.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many requests may be sent in a minute; Scenario allows a project 100 (its page on workflows, 2026-08).</summary>
    public int RequestsPerMinute { get; init; } = 90;

    /// <summary>How long a job is waited for. It is not lost then: the service keeps it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a request whose answer was lost is looked for among the project's jobs.</summary>
    public TimeSpan LookupTime { get; init; } = TimeSpan.FromMinutes(1);

    internal bool IsSendable => Token is { IsSendable: true } || (Key is { IsSendable: true } key && !key.Reveal().Contains(':') && KeySecret is { IsSendable: true });

    /// <summary>A text of the service's on one line, without whatever of the credentials it quotes; null where there is none.</summary>
    internal string? Quote(string? text)
    {
        var encoded = Token is null ? AuthorizationHeader["Basic ".Length..] : "";
        foreach (var secret in (string?[])[encoded, KeySecret?.Reveal(), Key?.Reveal()])
        {
            text = secret is { Length: > 0 } ? text?.Replace(secret, "(key)", StringComparison.Ordinal) : text;
        }

        return ServiceMessageSanitizer.Quote(text, Token ?? new Secret(""));
    }

    internal string AuthorizationHeader => Token is { } token
        ? $"Bearer {token.Reveal()}"
        : $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Key?.Reveal()}:{KeySecret?.Reveal()}"))}";
}
