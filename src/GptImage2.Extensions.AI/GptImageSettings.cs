using GptImage2.Backends;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Extensions.AI;

/// <summary>The settings of the image studio in a program. Nothing is read from the environment; defaults are those of the MCP server, with which a program can share its store.</summary>
public sealed record GptImageSettings
{
    /// <summary>Which services draw, and their keys. Without a key, labelled sketches are drawn, for free.</summary>
    public BackendOptions Backends { get; init; } = new() { Model = OpenAIModels.Default };

    /// <summary>When another backend is asked.</summary>
    public FallbackOptions Fallback { get; init; } = new();

    /// <summary>Absolute folder of images and catalog; null for the user's pictures and application data, as the server has it.</summary>
    public string? StorageRoot { get; init; }

    /// <summary>
    /// What a file:// address may name, and where copies may go: nothing may be read beyond the store, and copies may be written below the working
    /// directory, unless that is a folder of the system or the home folder.
    /// </summary>
    public LocalRoots Roots { get; init; } = KnownFolders.TrustedWorkingFolder is { } folder
        ? new LocalRoots { Readable = [], Writable = [folder], WorkingFolder = folder }
        : new LocalRoots { Readable = [], Writable = [] };

    public JobOptions Jobs { get; init; } = new();

    /// <summary>What a call and a day may cost; 2 and 10 USD unless said otherwise.</summary>
    public SpendingOptions Spending { get; init; } = new();

    /// <summary>OpenAI with a key, and everything else by default.</summary>
    /// <param name="model">Any model id of OpenAI's.</param>
    public static GptImageSettings ForOpenAI(string apiKey, string model = OpenAIModels.Default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return new GptImageSettings { Backends = new BackendOptions { Model = model, OpenAI = new OpenAIOptions { ApiKey = new Secret(apiKey), Model = model } } };
    }

    internal StorageOptions CreateStorage() => new()
    {
        Root = StorageRoot ?? Path.Combine(KnownFolders.Pictures, "gpt-image-2"),
        CatalogFolder = StorageRoot ?? Path.Combine(KnownFolders.ApplicationData, "gptimage2-mcp"),
    };
}
