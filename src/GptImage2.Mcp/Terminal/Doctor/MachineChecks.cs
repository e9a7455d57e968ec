using System.Runtime.CompilerServices;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging.Drawing;
using GptImage2.Imaging.Vips;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>What the server needs of this machine: its library of images, fonts, a place to keep images, and the user's templates.</summary>
internal sealed class MachineChecks(IServiceProvider services, ServerSettings settings)
{
    /// <summary>Less is used up within a day of large images: one of 3840x2160 takes up to 25 MB.</summary>
    private const long LittleSpace = 1_000_000_000;

    /// <summary>Less may not hold what one call is paid for.</summary>
    private const long NoSpace = 250_000_000;

    private static readonly string InstallLibvips = OperatingSystem.IsLinux() ? "sudo apt install libvips42" : OperatingSystem.IsMacOS() ? "brew install vips" : "Keep the files of the release together: libvips is one of them.";

    private string Root => settings.Storage.Root;

    /// <summary>The default, or the home folder where it is that.</summary>
    private string OtherRoot => ShellLine.SetVariable("GPTIMAGE2_STORAGE__ROOT", Root != ServerSettings.DefaultRoot ? ServerSettings.DefaultRoot : Path.Combine(UserFolders.FromSystem().Home, "gpt-image-2"));

    public async IAsyncEnumerable<DoctorFinding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var attempt = new Attempt(services.GetRequiredService<TimeProvider>());
        yield return DoctorFinding.Ok("server", $"{ServerDefinition.Name} {ServerDefinition.Version} on {RuntimeInformation.FrameworkDescription}");
        yield return await attempt.RunAsync("libvips", _ => Task.FromResult($"{LibvipsInfo.Version} at {LibvipsInfo.Path}"), _ => InstallLibvips, cancellationToken);
        yield return CheckCodecs();
        yield return CheckFonts();
        var images = await attempt.RunAsync("images", CheckStoreAsync, _ => OtherRoot, cancellationToken);
        yield return images;

        // Where no folder can be, what is free there says nothing.
        if (images.State is not FindingState.Wrong)
        {
            yield return CheckSpace();
        }

        yield return await attempt.RunAsync("catalog", CheckCatalogAsync, _ => OtherRoot, cancellationToken);
        yield return CheckTemplates();
    }

    private static DoctorFinding CheckCodecs()
    {
        try
        {
            return LibvipsInfo.FindMissingCodecs() is { Count: > 0 } missing
                ? DoctorFinding.Wrong("codecs", $"this libvips cannot {string.Join(", ", missing)}", InstallLibvips)
                : DoctorFinding.Ok("codecs", "PNG, JPEG and WebP are read and written; GIF, TIFF, HEIF and AVIF are read");
        }
        catch (ImagingUnavailableException)
        {
            return DoctorFinding.Note("codecs", "unknown without libvips");
        }
    }

    /// <summary>Never wrong: only captions of boards and sketches are drawn here.</summary>
    private static DoctorFinding CheckFonts()
    {
        try
        {
            return FontCoverage.FindMissingScripts() is { Count: > 0 } missing
                ? DoctorFinding.Note("fonts", $"captions of boards and sketches in {string.Join(", ", missing)} show a note instead of the words until a font for them is installed", DescribeFonts())
                : DoctorFinding.Ok("fonts", "captions can be drawn in all scripts that were tried");
        }
        catch (ImagingUnavailableException)
        {
            return DoctorFinding.Note("fonts", "unknown without libvips");
        }
    }

    private static string DescribeFonts() => OperatingSystem.IsLinux()
        ? $"sudo apt install {string.Join(' ', FontCoverage.FindMissingPackages())}"
        : "Install the Noto fonts: https://fonts.google.com/noto";

    private async Task<string> CheckStoreAsync(CancellationToken cancellationToken)
    {
        await StoreProbe.RunAsync(Root, cancellationToken);
        return $"{Root} is writable";
    }

    private DoctorFinding CheckSpace()
    {
        try
        {
            var free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(Root)! : FindExisting(Root)).AvailableFreeSpace;
            var text = $"{free / 1e9:0.0} GB are free for {Root}";
            return free < NoSpace ? DoctorFinding.Wrong("space", text, OtherRoot) : free < LittleSpace ? DoctorFinding.Note("space", text, OtherRoot) : DoctorFinding.Ok("space", text);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return DoctorFinding.Note("space", $"how much is free for {Root} cannot be told ({unknown.Message})");
        }
    }

    private static string FindExisting(string folder) => Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent ? folder : FindExisting(parent);

    private async Task<string> CheckCatalogAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IImageCatalog>().ListAsync("local", new ImageQuery { Limit = 1 }, cancellationToken);
        return $"{settings.Storage.CatalogFolder} opens";
    }

    private DoctorFinding CheckTemplates()
    {
        string[] problems = [.. services.GetRequiredService<TemplateValidator>().FindProblems().Select(problem => problem.ToString()!)];
        return problems is []
            ? DoctorFinding.Ok("templates", $"{services.GetRequiredService<TemplateLibrary>().All.Count} can be used{(settings.Templates.Folder is { } folder ? $", those in {folder} among them" : "")}")
            : DoctorFinding.Wrong("templates", string.Join('\n', problems), "Correct these lines; docs/templates.md says how a template is written.");
    }
}
