using System.CommandLine;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging.Drawing;
using GptImage2.Imaging.Vips;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Server;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace GptImage2.Mcp.Terminal;

/// <summary>Checks whether this machine has what the server needs, and prints what to do where it has not.</summary>
internal sealed class DoctorCommand(ServerSettings settings, IServiceProvider services, IAnsiConsole console)
{
    public static Command Create(IServiceProvider? services, ServerSettings? settings)
    {
        var command = new Command("doctor", "Check this machine and print what to do.") { DoctorHttpCommand.Create(settings) };
        command.SetAction((_, cancellationToken) => services!.GetRequiredService<DoctorCommand>().RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        (string Name, Func<CancellationToken, Task<string>> Check)[] checks =
        [
            ("libvips", CheckLibvips),
            ("fonts", CheckFonts),
            ("images", CheckStore),
            ("catalog", CheckCatalog),
            .. services.GetRequiredService<BackendRegistry>().Models.Select(backend => ("backend", (Func<CancellationToken, Task<string>>)(token => CheckBackendAsync(backend, token)))),
            .. services.GetRequiredService<BackendRegistry>().BackgroundService is { } remover ? [("backend", token => CheckBackendAsync(remover, token))] : Array.Empty<(string, Func<CancellationToken, Task<string>>)>(),
            .. services.GetRequiredService<BackendRegistry>().BackgroundModel is { } model ? [("model", token => CheckModelAsync(model, token))] : Array.Empty<(string, Func<CancellationToken, Task<string>>)>(),
            ("templates", CheckTemplates),
        ];

        PrintLine($"ok    server    {ServerDefinition.Name} {ServerDefinition.Version} on {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
        var wrong = 0;
        foreach (var (name, check) in checks)
        {
            wrong += await ReportAsync(name, check, cancellationToken) ? 0 : 1;
        }

        PrintLine(wrong is 0 ? "All checks passed." : $"{wrong} of {checks.Length} checks failed; the lines above say what to do.");
        return wrong is 0 ? 0 : 1;
    }

    private async Task<bool> ReportAsync(string name, Func<CancellationToken, Task<string>> check, CancellationToken cancellationToken)
    {
        try
        {
            PrintLine($"ok    {name,-9} {await check(cancellationToken)}");
            return true;
        }
        catch (Exception failure) when (failure is ImageException or ImagingUnavailableException or IOException or UnauthorizedAccessException)
        {
            PrintLine($"WRONG {name,-9} {failure.Message}");
            return false;
        }
    }

    private static Task<string> CheckLibvips(CancellationToken cancellationToken) => Task.FromResult($"{LibvipsInfo.Version} at {LibvipsInfo.Path}");

    /// <summary>Never wrong: only captions of boards and sketches are drawn here.</summary>
    private static Task<string> CheckFonts(CancellationToken cancellationToken) => Task.FromResult(FontCoverage.FindMissingScripts() is { Count: > 0 } missing
        ? $"captions of boards and sketches in {string.Join(", ", missing)} are drawn as boxes until a font for them is installed, for example of Noto"
        : "captions can be drawn in all scripts that were tried");

    private Task<string> CheckTemplates(CancellationToken cancellationToken) => services.GetRequiredService<TemplateValidator>().FindProblems() is var problems && problems.Any()
        ? throw new IOException(string.Join('\n', problems))
        : Task.FromResult($"{services.GetRequiredService<TemplateLibrary>().All.Count} can be used{(settings.Templates.Folder is { } folder ? $", those in {folder} among them" : "")}");

    private async Task<string> CheckStore(CancellationToken cancellationToken)
    {
        await StoreProbe.RunAsync(settings.Storage.Root, cancellationToken);
        return $"{settings.Storage.Root} is writable";
    }

    private async Task<string> CheckCatalog(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IImageCatalog>().ListAsync("local", new ImageQuery { Limit = 1 }, cancellationToken);
        return $"{settings.Storage.CatalogFolder} opens";
    }

    private static async Task<string> CheckBackendAsync(IImageBackend backend, CancellationToken cancellationToken) =>
        $"{backend.Name} with {backend.Profile.Model}: {await backend.CheckAsync(cancellationToken)}";

    /// <summary>Its file only: to load it would take seconds and gigabytes.</summary>
    private static async Task<string> CheckModelAsync(IImageBackend model, CancellationToken cancellationToken) =>
        $"remove_background can use {await model.CheckAsync(cancellationToken)}; it can be read, and was not loaded";

    private void PrintLine(string line) => console.Profile.Out.Writer.WriteLine(line);
}
