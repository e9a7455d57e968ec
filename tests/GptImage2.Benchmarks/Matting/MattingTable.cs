using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Testing.Matting;
using Spectre.Console;

namespace GptImage2.Benchmarks.Matting;

/// <summary>
/// How true cut-outs are: every drawn subject, and every image with alpha in a folder, in front of every backdrop, with the error of alpha
/// and the loss of what is certainly opaque.
/// </summary>
internal static class MattingTable
{
    /// <param name="folder">Of PNG or WebP files with an alpha channel; null for the drawn subjects alone.</param>
    /// <param name="only">Part of a backdrop's or a subject's name, for a line a cut-out.</param>
    public static void Run(string? folder, string? only)
    {
        var subjects = ReadSubjects(folder);
        AnsiConsole.WriteLine("| backdrop | cut | refused | alpha error, mean % | worst % | opaque area lost, worst % |\n|---|---|---|---|---|---|");
        foreach (var backdrop in Backdrops.All)
        {
            var cuts = subjects
                .Where(subject => only is null || subject.Key.Contains(only, StringComparison.Ordinal) || backdrop.Name.Contains(only, StringComparison.Ordinal))
                .Where(subject => Composites.IsDecidable(subject.Key, backdrop))
                .Select(subject => Cut(subject.Key, subject.Value, backdrop, only is not null)).ToArray();
            MattingAccuracy[] done = [.. cuts.OfType<MattingAccuracy>()];
            if (done.Length > 0)
            {
                AnsiConsole.WriteLine($"| {backdrop.Name} | {done.Length} | {cuts.Length - done.Length} | {100 * done.Average(cut => cut.AlphaError):0.00} | {100 * done.Max(cut => cut.AlphaError):0.00} | {100 * done.Max(cut => cut.OpaqueLoss):0.00} |");
            }
        }
    }

    private static Dictionary<string, Subject> ReadSubjects(string? folder)
    {
        var subjects = Composites.Names.ToDictionary(name => name, Composites.Get);
        foreach (var path in folder is null ? [] : Directory.GetFiles(folder).Where(path => path.EndsWith(".png", StringComparison.Ordinal) || path.EndsWith(".webp", StringComparison.Ordinal)))
        {
            using var image = Image.Open(EncodedImage.FromMemory(File.ReadAllBytes(path)));
            if (image.HasAlpha)
            {
                subjects[Path.GetFileNameWithoutExtension(path)] = Subject.FromImage(image);
            }
        }

        return subjects;
    }

    private static MattingAccuracy? Cut(string name, Subject subject, Backdrop backdrop, bool isDetailed)
    {
        MattingAccuracy? accuracy = null;
        string outcome;
        try
        {
            using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(subject, backdrop), Composites.HasHoles(name));
            accuracy = MattingAccuracy.Measure(cut, subject);
            outcome = $"{100 * accuracy.AlphaError,6:0.00} {100 * accuracy.OpaqueLoss,6:0.00} {accuracy.Halo,6:0.0}";
        }
        catch (BackgroundRemovalException refusal)
        {
            outcome = refusal.Message;
        }

        if (isDetailed)
        {
            AnsiConsole.WriteLine($"{name,-14} {backdrop.Name,-34} {outcome}");
        }

        return accuracy;
    }
}
