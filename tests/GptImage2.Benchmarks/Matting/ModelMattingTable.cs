using System.Diagnostics;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Refinement;
using GptImage2.Imaging.Testing.Matting;
using GptImage2.Matting.Onnx;
using GptImage2.Matting.Onnx.Presets;
using Spectre.Console;

namespace GptImage2.Benchmarks.Matting;

/// <summary>How true the cut-outs of a model are: images with alpha, in front of what is anything but plain.</summary>
internal static class ModelMattingTable
{
    /// <param name="model">An ONNX file whose name tells its preset.</param>
    /// <param name="subjects">A folder of PNG or WebP files with an alpha channel.</param>
    public static async Task RunAsync(string model, string subjects)
    {
        using var finder = new OnnxMatteModel(new OnnxModelOptions { Model = Path.GetFullPath(model) }, TimeProvider.System);
        AnsiConsole.WriteLine("| subject | behind it | alpha error % | of the model alone % | opaque area lost % | s |\n|---|---|---|---|---|---|");
        var all = new List<double>();
        foreach (var path in Directory.GetFiles(subjects).Where(IsPicture).Order(StringComparer.Ordinal))
        {
            using var image = Image.Open(EncodedImage.FromMemory(await File.ReadAllBytesAsync(path)));
            if (!image.HasAlpha)
            {
                continue;
            }

            var subject = Subject.FromImage(image);
            foreach (var scene in BusyScenes.Names)
            {
                using var behind = BusyScenes.Draw(scene, subject.Size);
                var (line, error) = await MeasureAsync(finder, subject, SceneComposer.Compose(subject, behind));
                all.AddRange(error is { } known ? [known] : []);
                AnsiConsole.WriteLine($"| {Path.GetFileNameWithoutExtension(path)} | {scene} | {line} |");
            }
        }

        AnsiConsole.WriteLine($"mean of {all.Count}: {100 * all.DefaultIfEmpty().Average():0.00} %");
    }

    private static async Task<(string Line, double? Error)> MeasureAsync(OnnxMatteModel model, Subject subject, EncodedImage image)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var matte = await model.PredictAsync(image, CancellationToken.None);
            using var cut = MatteRefiner.CutOut(image, matte, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(start);
            var accuracy = MattingAccuracy.Measure(cut, subject);
            return (FormattableString.Invariant($"{100 * accuracy.AlphaError:0.00} | {100 * MeasureError(matte.Alpha, matte.Size, subject):0.00} | {100 * accuracy.OpaqueLoss:0.00} | {took.TotalSeconds:0.0}"), accuracy.AlphaError);
        }
        catch (BackgroundRemovalException refused)
        {
            return ($"refused: {refused.Message} | | |", null);
        }
    }

    /// <summary>The matte as the model gave it, enlarged.</summary>
    private static double MeasureError(byte[] alpha, Dimensions size, Subject subject)
    {
        using var image = Image.FromPixels(size, [.. alpha.SelectMany(value => new byte[] { value, value, value, 255 })]);
        using var enlarged = image.Resize(subject.Size);
        var grey = enlarged.ToRgbaBytes();
        return Enumerable.Range(0, subject.PixelCount).Average(place => Math.Abs((grey[place * 4] / 255.0) - subject.Alpha(place)));
    }

    private static bool IsPicture(string path) => Path.GetExtension(path) is ".png" or ".webp" or ".jpg";
}
