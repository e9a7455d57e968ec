using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>How to reach a server that imitates OpenAI's Images API. It may be on this machine, without TLS and without a key.</summary>
public sealed record CompatibleOptions
{
    /// <summary>Where the server is, with or without /v1.</summary>
    public required Uri Url { get; init; }

    /// <summary>Which server it is, one of <see cref="ServerIds"/>.</summary>
    public string Server { get; init; } = Auto;

    /// <summary>The model to ask for, where the server has several.</summary>
    public string? Model { get; init; }

    public Secret? ApiKey { get; init; }

    /// <inheritdoc cref="OpenAIOptions.Timeout"/>
    public TimeSpan Timeout { get; init; } = OpenAIOptions.DefaultTimeout;

    /// <summary>The time between two questions about one job, where a server has jobs.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether it is known already to cost nothing: it is named, or on this machine.</summary>
    public bool IsFree => Server is Auto ? Url.IsLoopback : KnownServers.Find(Server).IsFree;

    /// <summary>The server is found out by asking it.</summary>
    public const string Auto = "auto";

    /// <summary>Adds the key, where there is one.</summary>
    internal void Authorize(HttpRequestMessage request)
    {
        if (ApiKey is { IsSendable: true } key)
        {
            request.AddBearer(key);
        }
    }

    /// <summary>What <see cref="Server"/> may be.</summary>
    public static IReadOnlyList<string> ServerIds { get; } = [Auto, .. KnownServers.All.Select(server => server.Id)];
}
