using System.CommandLine;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Mcp.Hosting;
using GptImage2.Mcp.Templates;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace GptImage2.Mcp.Terminal;

/// <summary>Looks whether this machine has what the server needs, and says what to do where it has not.</summary>
internal sealed class DoctorCommand(StudioSettings settings, IServiceProvider services, IAnsiConsole console)
{
    public static Command Create(IServiceProvider? services)
    {
        var command = new Command("doctor", "Check this machine, and say what to do.");
        command.SetAction((_, cancellationToken) => services!.GetRequiredService<DoctorCommand>().RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        (string Name, Func<CancellationToken, Task<string>> Check)[] checks =
        [
            ("libvips", Libvips),
            ("pictures", Pictures),
            ("catalog", Catalog),
            ("backend", Backend),
            ("templates", Templates),
        ];

        Print($"ok    server    {StudioServer.Name} {StudioServer.Version} on {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
        var wrong = 0;
        foreach (var (name, check) in checks)
        {
            wrong += await ReportAsync(name, check, cancellationToken) ? 0 : 1;
        }

        Print(wrong is 0 ? "All is well." : $"{wrong} of {checks.Length} checks failed; the lines above say what to do.");
        return wrong is 0 ? 0 : 1;
    }

    private async Task<bool> ReportAsync(string name, Func<CancellationToken, Task<string>> check, CancellationToken cancellationToken)
    {
        try
        {
            Print($"ok    {name,-9} {await check(cancellationToken)}");
            return true;
        }
        catch (Exception failure) when (failure is ImageException or ImagingUnavailableException or IOException or UnauthorizedAccessException)
        {
            Print($"WRONG {name,-9} {failure.Message}");
            return false;
        }
    }

    private static Task<string> Libvips(CancellationToken cancellationToken) => Task.FromResult($"{LibvipsInfo.Version} at {LibvipsInfo.Path}");

    private Task<string> Templates(CancellationToken cancellationToken) => services.GetRequiredService<TemplateReport>().Problems() is var problems && problems.Any()
        ? throw new IOException(string.Join('\n', problems))
        : Task.FromResult($"{services.GetRequiredService<TemplateLibrary>().All.Count} can be used{(settings.Templates.Folder is { } folder ? $", those in {folder} among them" : "")}");

    private async Task<string> Pictures(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Storage.Root);
        var probe = Path.Combine(settings.Storage.Root, $".doctor-{IdGenerator.CreateJobId()}");
        await File.WriteAllTextAsync(probe, "", cancellationToken);
        File.Delete(probe);
        return $"{settings.Storage.Root} is writable";
    }

    private async Task<string> Catalog(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IImageCatalog>().ListAsync("local", new ImageQuery { Limit = 1 }, cancellationToken);
        return $"{settings.Storage.CatalogFolder} opens";
    }

    private async Task<string> Backend(CancellationToken cancellationToken)
    {
        var backend = services.GetRequiredService<IImageBackend>();
        return $"{backend.Name} with {backend.Profile.Model}: {await backend.CheckAsync(cancellationToken)}";
    }

    private void Print(string line) => console.Profile.Out.Writer.WriteLine(line);
}
