using GptImage2.Backends;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Backends.Sketch;

namespace GptImage2.Mcp.Configuration;

/// <summary>Reads which backends draw, and what each needs.</summary>
internal static class BackendOptionsReader
{
    private const string Auto = "auto";

    /// <param name="clock">Decides which models have been retired.</param>
    public static BackendOptions Read(SettingReader read, TimeProvider clock)
    {
        var model = ReadModel(read, clock);
        var openAI = ReadOpenAI(read, model);
        var options = new BackendOptions
        {
            Model = model,
            OpenAI = openAI.ApiKey.Reveal() is "" || IsPlaceholder(openAI) ? null : openAI,
            Responses = ReadResponses(read),
            Scenario = ReadScenario(read, model),
            Azure = ReadAzure(read, openAI),
            Compatible = ReadCompatible(read, openAI.Timeout),
            Sketch = new SketchOptions
            {
                Delay = TimeSpan.FromSeconds(read.GetInteger("Sketch:DelaySeconds", 0, 0, 3600)),
                Fails = read.GetFlag("Sketch:Fails", false),
                Reason = IsPlaceholder(openAI) ? KeyPlaceholder.Explain(openAI.ApiKey.Reveal()) : null,
            },
        };
        return options with { Order = ReadOrder(read, options) };
    }

    private static bool IsPlaceholder(OpenAIOptions options) => KeyPlaceholder.IsOne(options.ApiKey.Reveal());

    private static string ReadModel(SettingReader read, TimeProvider clock)
    {
        var model = read.GetText("Model", OpenAIModels.Default);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return OpenAIModels.FindReplacement(model, today) is { } replacement
            ? read.AddProblem("Model", $"a model that still exists, for example {replacement}", model, OpenAIModels.Default)
            : model;
    }

    /// <summary>One backend, or several of which the next takes over where one fails; empty for the first that has what it needs.</summary>
    private static IReadOnlyList<string> ReadOrder(SettingReader read, BackendOptions options)
    {
        var one = read.GetChoice("Backend", Auto, [Auto, .. BackendServices.Names]);
        var several = read.GetChoices("Backends", BackendServices.Names);
        var order = several is not [] ? several : one is Auto ? [] : [one];
        foreach (var (name, (key, what)) in FindMissing(read, options).Where(missing => order.Contains(missing.Name)))
        {
            read.AddProblem(key, $"{what}, because {SettingNames.ToVariable(several is [] ? "Backend" : "Backends")} names {name},", "", name);
        }

        return [.. order.Except(FindMissing(read, options).Select(missing => missing.Name))];
    }

    /// <summary>Backends that lack what they need, with the setting that is missing.</summary>
    private static IEnumerable<(string Name, (string Key, string What) Missing)> FindMissing(SettingReader read, BackendOptions options)
    {
        if (options.OpenAI is null)
        {
            yield return ("openai", ("OpenAI:ApiKey", "a key"));
        }

        if (options.Scenario is null)
        {
            yield return ("scenario", ("Scenario:ApiKey", "a key"));
        }

        if (options.Azure is null)
        {
            yield return ("azure", read.GetText("Azure:Endpoint") is null ? ("Azure:Endpoint", "an address, with a deployment") : ("Azure:Deployment", "the name of a deployment"));
        }

        if (options.Compatible is null)
        {
            yield return ("compatible", ("Compatible:Url", "an address"));
        }
    }

    /// <summary>With an empty key where there is none: others share its limits.</summary>
    private static OpenAIOptions ReadOpenAI(SettingReader read, string model) => new()
    {
        ApiKey = read.GetSecret("OpenAI:ApiKey") ?? new Secret(""),
        BaseUrl = read.GetUrl("OpenAI:BaseUrl", "https://api.openai.com/v1"),
        Organization = read.GetText("OpenAI:Organization"),
        Project = read.GetText("OpenAI:Project"),
        Model = model,
        Stream = read.GetNullableFlag("OpenAI:Stream"),
        PartialImages = read.GetInteger("OpenAI:PartialImages", 0, 0, OpenAIOptions.MaxPartialImages),
        Timeout = TimeSpan.FromSeconds(read.GetInteger("OpenAI:TimeoutSeconds", 600, 1, 3600)),
    };

    private static ResponsesOptions? ReadResponses(SettingReader read)
    {
        var transport = read.GetChoice("OpenAI:Transport", "images", "images", "responses");
        var options = new ResponsesOptions
        {
            TextModel = read.GetText("OpenAI:TextModel", new ResponsesOptions().TextModel),
            Window = read.GetChoice("OpenAI:CompletionWindow", "soonest", "soonest", "2h", "8h") switch
            {
                "2h" => CompletionWindow.TwoHours,
                "8h" => CompletionWindow.EightHours,
                _ => CompletionWindow.Soonest,
            },
        };
        return transport is "responses" ? options : null;
    }

    private static AzureOptions? ReadAzure(SettingReader read, OpenAIOptions openAI)
    {
        var (endpoint, key) = (read.GetNullableUrl("Azure:Endpoint"), read.GetSecret("Azure:ApiKey"));
        var (deployment, model, version) = (read.GetText("Azure:Deployment"), read.GetText("Azure:Model"), read.GetText("Azure:ApiVersion"));
        if (endpoint is null)
        {
            return null;
        }

        var options = new AzureOptions
        {
            Endpoint = endpoint,
            Deployment = deployment,
            ApiKey = key,
            Model = model,
            ApiVersion = version,
            Stream = openAI.Stream is not false,
            PartialImages = openAI.PartialImages,
            Timeout = openAI.Timeout,
        };

        // Other programs use the same address for other models: only with a deployment is it meant for this one.
        return options.HasDeployment ? options : null;
    }

    private static CompatibleOptions? ReadCompatible(SettingReader read, TimeSpan timeout)
    {
        var (url, key) = (read.GetNullableUrl("Compatible:Url"), read.GetSecret("Compatible:ApiKey"));
        var server = read.GetChoice("Compatible:Server", CompatibleOptions.Auto, [.. CompatibleOptions.ServerIds]);
        var model = read.GetText("Compatible:Model");
        if (read.GetText("Compatible:Url") is null && (key is not null || model is not null || server is not CompatibleOptions.Auto))
        {
            return read.AddProblem<CompatibleOptions?>("Compatible:Url", "the address of the compatible server that other settings describe", "", null);
        }

        return url is null ? null : new CompatibleOptions { Url = url, Server = server, Model = model, ApiKey = key, Timeout = timeout };
    }

    private static ScenarioOptions? ReadScenario(SettingReader read, string model)
    {
        var (key, secret, token) = (read.GetSecret("Scenario:ApiKey"), read.GetSecret("Scenario:ApiSecret"), read.GetSecret("Scenario:Token"));
        var options = new ScenarioOptions
        {
            Key = key,
            KeySecret = secret,
            Token = token,
            ProjectId = read.GetText("Scenario:ProjectId"),
            BaseUrl = read.GetUrl("Scenario:BaseUrl", "https://api.cloud.scenario.com/v1"),
            Model = model,
            Remover = read.GetChoice("Scenario:Remover", ScenarioRemovers.Default, [.. ScenarioRemovers.Names]),
            UsdPerCredit = read.GetUsd("Spending:UsdPerCredit", null) is not 0 and var rate ? rate : read.AddProblem<decimal?>("Spending:UsdPerCredit", "more than 0, because no cap would hold otherwise,", "0", null),
            PollInterval = TimeSpan.FromMilliseconds(read.GetInteger("Scenario:PollMilliseconds", 2000, 50, 60_000)),
        };
        return (key, secret, token) switch
        {
            (null, null, null) => null,
            (not null, null, null) => read.AddProblem<ScenarioOptions?>("Scenario:ApiSecret", "the secret of SCENARIO_SDK_API_KEY", "", null),
            (null, not null, null) => read.AddProblem<ScenarioOptions?>("Scenario:ApiKey", "the key of SCENARIO_SDK_API_SECRET", "", null),
            _ => options,
        };
    }
}
