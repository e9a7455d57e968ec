using System.CommandLine;
using GptImage2.Backends.Http;
using GptImage2.Matting.Onnx.Presets;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Terminal.Interaction;

namespace GptImage2.Mcp.Terminal.Models;

/// <summary>Fetches a model that cuts subjects out of any background, after showing where it comes from, how large it is, its licence and its hash.</summary>
/// <param name="known">What can be fetched.</param>
/// <param name="answers">Where a person's answers come from; null where nobody can be asked.</param>
/// <param name="output">For what a script reads.</param>
/// <param name="explanations">For what a person reads.</param>
internal sealed class ModelCommand(ServerSettings settings, IReadOnlyList<KnownModel> known, HttpMessageHandler handler, TextReader? answers, TextWriter output, TextWriter explanations)
{
    private const long ProgressStep = 10_000_000;

    private readonly Question _question = new(answers, explanations);

    /// <param name="command">Made only when there is something to do; null when only help is wanted.</param>
    public static Command Create(Func<ModelCommand>? command)
    {
        Argument<string> name = new("name") { Description = "One of the names that list prints." };
        Option<bool> yes = new("--yes") { Description = "Accept its licence, and its hash where none is known beforehand, without being asked." };
        var add = new Command("add", "Fetch a model, and print what to set.") { name, yes };
        add.SetAction((line, cancellationToken) => command!().AddAsync(line.GetRequiredValue(name), line.GetValue(yes), cancellationToken));
        var list = new Command("list", "Print the models that can be fetched, and those that are here.");
        list.SetAction(_ => command!().List());
        return new Command("model", "Models that cut subjects out of any background (remove_background, method model).") { add, list };
    }

    public static ModelCommand ForTerminal(ServerSettings settings, TextWriter output) =>
        new(settings, KnownModels.All, ServiceHandler.Create(), Console.IsInputRedirected ? null : Console.In, output, Console.Error);

    private string Folder { get; } = Path.Combine(settings.Storage.CatalogFolder, "models");

    public int List()
    {
        foreach (var model in known)
        {
            output.WriteLine($"{model.Name,-22} {model.Bytes / 1e6,6:0.0} MB  {model.Licence,-10} {(File.Exists(PathOf(model)) ? "here" : "    ")}  {model.Use}");
        }

        explanations.WriteLine(settings.Matting is { } used ? $"In use: {used.Model}" : $"None is in use: {OnnxModelOptions.ModelVariable} is not set.");
        return 0;
    }

    public async Task<int> AddAsync(string name, bool yes, CancellationToken cancellationToken)
    {
        if (known.FirstOrDefault(candidate => candidate.Name == name) is not { } model)
        {
            string[] names = [.. known.Select(candidate => candidate.Name)];
            return Refuse($"name: expected one of {string.Join(", ", names)} but received \"{name}\".{NearNames.Describe(name, names)}");
        }

        if (File.Exists(PathOf(model)))
        {
            return Finish(model, $"{model.Name} is here already; to fetch it again, delete {PathOf(model)}.");
        }

        explanations.WriteLine($"{model.Name}: {model.Use}\nfrom     {model.Address}\nsize     {model.Bytes:N0} bytes\nlicence  {model.Licence}, as its authors state it\nsha256   {model.Sha256 ?? "not known beforehand; you will be asked about the one that arrives"}{(model.Source is { } source ? $"\n         ({source})" : "")}");
        try
        {
            return yes || await _question.AskAsync("Fetch it under this licence?", cancellationToken)
                ? await FetchAsync(model, yes, cancellationToken)
                : Refuse("Nothing was fetched. With --yes nobody is asked.");
        }
        catch (OperationCanceledException)
        {
            return Refuse(File.Exists(PartOf(model)) ? "\nStopped: the same command goes on with what has arrived." : "\nStopped: nothing was fetched.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{model.Name} was not fetched: {failure.Message}");
        }
    }

    private async Task<int> FetchAsync(KnownModel model, bool yes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var part = PartOf(model);
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        var told = 0L;
        var hash = await new ModelDownload(http, Report).FetchAsync(model, part, cancellationToken);
        if (model.Sha256 is { } expected && hash != expected)
        {
            File.Delete(part);
            return Refuse($"{model.Name} was not kept: its SHA-256 is {hash}, expected was {expected}. It is another file, or was changed on the way; what had arrived is deleted.");
        }

        if (model.Sha256 is null)
        {
            explanations.WriteLine($"What arrived has the SHA-256 {hash}. Nobody has vouched for it: compare it with what its publisher shows at {model.Address}.");
            if (!yes && !await _question.AskAsync("Is it the right one?", cancellationToken))
            {
                File.Delete(part);
                return Refuse("It was deleted.");
            }
        }

        await File.WriteAllTextAsync($"{PathOf(model)}.sha256", $"{hash}  {model.FileName}\n", cancellationToken);
        File.Move(part, PathOf(model));
        return Finish(model, $"{model.Name} is at {PathOf(model)}, its SHA-256 beside it.");

        void Report(long received)
        {
            if (received - told >= ProgressStep)
            {
                told = received;
                explanations.WriteLine($"{received / 1e6:0} of {model.Bytes / 1e6:0} MB");
            }
        }
    }

    /// <summary>The line to set alone goes where a script reads it.</summary>
    private int Finish(KnownModel model, string text)
    {
        explanations.WriteLine($"{text} Set this for the server:");
        output.WriteLine(OperatingSystem.IsWindows() ? $"$env:{OnnxModelOptions.ModelVariable} = '{PathOf(model)}'" : $"export {OnnxModelOptions.ModelVariable}='{PathOf(model)}'");
        return 0;
    }

    private string PartOf(KnownModel model) => $"{PathOf(model)}.part";

    private string PathOf(KnownModel model) => Path.Combine(Folder, model.FileName);

    private int Refuse(string text)
    {
        explanations.WriteLine(text);
        return 1;
    }
}
