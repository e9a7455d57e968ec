using System.Web;

namespace GptImage2.Backends.OpenAI.Azure;

/// <summary>
/// Where a deployment is, whichever of its addresses the user has copied: those of *.openai.azure.com, *.cognitiveservices.azure.com,
/// *.services.ai.azure.com and of gateways in front of them (Azure's how-to on image generation, 2026-04).
/// </summary>
/// <param name="Root">What precedes /openai and /api.</param>
/// <param name="Project">The name of a Foundry project, where the address is that of one.</param>
/// <param name="Deployment">Empty where nobody has named it.</param>
/// <param name="ApiVersion">Of every request.</param>
/// <param name="IsClassic">Whether the address of a request names the deployment, as before version 1 of the API.</param>
internal sealed partial record AzureAddress(Uri Root, string? Project, string Deployment, string ApiVersion, bool IsClassic)
{
    private const string DefaultVersion = "preview";

    /// <summary>The last that the classic addresses of images are documented with.</summary>
    private const string DefaultClassicVersion = "2025-04-01-preview";

    /// <summary>What a token must have been issued for.</summary>
    public string Scope => IsClassic ? "https://cognitiveservices.azure.com/.default" : "https://ai.azure.com/.default";

    public static AzureAddress Parse(AzureOptions options)
    {
        var path = Known.Match(options.Endpoint.AbsolutePath);
        var written = path.Groups["deployment"] is { Success: true, Value: var named } ? Uri.UnescapeDataString(named) : null;
        var version = options.ApiVersion ?? HttpUtility.ParseQueryString(options.Endpoint.Query)["api-version"];
        var isClassic = version is { Length: > 0 } ? char.IsAsciiDigit(version[0]) : written is not null;
        return new AzureAddress(
            new Uri($"{options.Endpoint.GetLeftPart(UriPartial.Authority)}{path.Groups["root"].Value}"),
            path.Groups["project"] is { Success: true, Value: var project } ? Uri.UnescapeDataString(project) : null,
            options.Deployment ?? written ?? "",
            version is { Length: > 0 } ? version : isClassic ? DefaultClassicVersion : DefaultVersion,
            isClassic);
    }

    /// <param name="path">images/generations, images/edits or models.</param>
    public string GetUrl(string path)
    {
        var deployment = path.StartsWith("images/", StringComparison.Ordinal) ? $"deployments/{Uri.EscapeDataString(Deployment)}/" : "";
        return $"{Prefix}/openai/{(IsClassic ? deployment : "v1/")}{path}?api-version={Uri.EscapeDataString(ApiVersion)}";
    }

    /// <summary>Where the project lists its deployments.</summary>
    public string DeploymentsUrl => $"{Prefix}/api/projects/{Uri.EscapeDataString(Project ?? "")}/deployments?api-version=v1";

    private string Prefix => Root.AbsoluteUri.TrimEnd('/');

    [GeneratedRegex(
        "^(?<root>.*?)/*(?:/openai(?:/v1|/deployments/(?<deployment>[^/]+))?(?:/images(?:/.*)?)?|/api/projects/(?<project>[^/]+)(?:/.*)?)?/*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Known { get; }
}
