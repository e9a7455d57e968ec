using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI.Azure;

/// <summary>How to reach a deployment of an image model on Azure OpenAI or Azure AI Foundry, and as whom.</summary>
public sealed record AzureOptions
{
    /// <summary>The resource, its project, or what the portal shows as the address to send to.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The name the user gave the deployment; null where the endpoint names it.</summary>
    public string? Deployment { get; init; }

    /// <summary>Null for a token of Microsoft Entra ID.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>The model that is deployed; null to ask the project, where the endpoint is that of one.</summary>
    public string? Model { get; init; }

    /// <summary>A dated version, for addresses with the deployment in them; null or a word such as preview for the address of version 1.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Whether a single image is fetched as a stream of events.</summary>
    public bool Stream { get; init; } = true;

    /// <inheritdoc cref="OpenAIOptions.PartialImages"/>
    public int PartialImages { get; init; }

    /// <inheritdoc cref="OpenAIOptions.Timeout"/>
    public TimeSpan Timeout { get; init; } = OpenAIOptions.DefaultTimeout;

    /// <summary>Whether anything names the deployment; without one there is nothing to send to.</summary>
    public bool HasDeployment => AzureAddress.Parse(this).Deployment is not "";
}
