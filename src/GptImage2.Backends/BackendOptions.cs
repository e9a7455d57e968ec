using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Backends.OpenAI.Compatible;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.Scenario;
using GptImage2.Backends.Sketch;

namespace GptImage2.Backends;

/// <summary>Which backends there are, and in which order they are used.</summary>
public sealed record BackendOptions
{
    /// <summary>Names in the order of preference; empty for the first that has what it needs, else sketches.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>The model whose rules sketches follow.</summary>
    public required string Model { get; init; }

    /// <summary>Null without a key.</summary>
    public OpenAIOptions? OpenAI { get; init; }

    /// <summary>Null without credentials.</summary>
    public ScenarioOptions? Scenario { get; init; }

    /// <summary>Null without an endpoint and a deployment.</summary>
    public AzureOptions? Azure { get; init; }

    /// <summary>Null without an address.</summary>
    public CompatibleOptions? Compatible { get; init; }

    /// <summary>Whether any of those that are used asks for money.</summary>
    public bool Bills => Order is [] ? OpenAI is not null || Scenario is not null || Azure is not null || Compatible is { IsFree: false } : Order.Any(name => name is not "sketch" && !(name is CompatibleBackend.BackendName && Compatible is { IsFree: true }));

    public SketchOptions Sketch { get; init; } = new();
}
