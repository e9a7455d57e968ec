using GptImage2.Imaging;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Matting.Onnx.Presets;
using Microsoft.ML.OnnxRuntime;

namespace GptImage2.Matting.Onnx.Graphs;

/// <summary>What a graph declares, checked, and what follows from it together with the settings and the preset.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the output that is the matte: no other is asked for.</param>
/// <param name="FixedWidth">Width that the graph demands; null where any will do.</param>
/// <param name="FixedHeight">Height likewise.</param>
internal sealed record ModelGraph(string Input, string Output, int? FixedWidth, int? FixedHeight, ModelPreset Preset)
{
    /// <summary>Larger inputs than this are no model's: a tensor of it takes 200 MB.</summary>
    internal const int MaxEdge = 4096;

    /// <summary>MODNet's rule gives a long panorama a long input, which takes memory and gains nothing.</summary>
    private const int MaxShape = 4;

    /// <exception cref="MatteModelException">It is no model of this kind.</exception>
    internal static ModelGraph Read(InferenceSession session, OnnxModelOptions options)
    {
        var (name, declared) = session.InputMetadata.ToArray() is [var only]
            ? only
            : throw Refuse(options, $"a graph with one input but received one with {session.InputMetadata.Count} ({Join(session.InputNames)})");
        if (!declared.IsTensor || declared.ElementType != typeof(float) || declared.Dimensions is not [var batch, var channels, var height, var width] || batch is > 1 or 0 || channels is not (3 or < 0))
        {
            throw Refuse(options, $"an input of float[1,3,height,width] but received {name}: {Describe(declared)}");
        }

        if (height is 0 or > MaxEdge || width is 0 or > MaxEdge)
        {
            throw Refuse(options, $"an input of at most {MaxEdge}x{MaxEdge} pixels but received {name}: {Describe(declared)}");
        }

        return new ModelGraph(name, FindOutput(session, options), width < 0 ? null : width, height < 0 ? null : height, options.Preset ?? FindPreset(options, name, width));
    }

    /// <summary>The size at which an image goes in.</summary>
    internal Dimensions SizeFor(Dimensions image, int? wanted)
    {
        var edge = wanted ?? Preset.Size;
        var (width, height) = (edge, edge);
        if (Preset.KeepsShape)
        {
            var longer = Math.Min(edge * MaxShape, (int)((long)edge * Math.Max(image.Width, image.Height) / Math.Min(image.Width, image.Height)));
            longer -= longer % Preset.Multiple;
            (width, height) = image.Width > image.Height ? (longer, edge) : (edge, longer);
        }

        return new Dimensions(FixedWidth ?? width, FixedHeight ?? height);
    }

    internal static MatteModelException Refuse(OnnxModelOptions options, string expected, Exception? inner = null) => new(
        $"{OnnxModelOptions.ModelVariable} ({Path.GetFileName(options.Model)}): expected {expected}. "
        + "The user can fetch one that works: gptimage2-mcp model list names them.",
        inner);

    private static string FindOutput(InferenceSession session, OnnxModelOptions options)
    {
        var names = session.OutputNames;
        if (options.Output is { } wanted)
        {
            return names.Contains(wanted) ? wanted : throw new MatteModelException($"{OnnxModelOptions.OutputVariable}: expected one of {Join(names)} but received \"{wanted}\".");
        }

        return names.FirstOrDefault(name => session.OutputMetadata[name] is var output && output.IsTensor && output.ElementType == typeof(float))
            ?? throw Refuse(options, $"an output of float but received {Join(names.Select(name => $"{name}: {Describe(session.OutputMetadata[name])}"))}");
    }

    /// <summary>By the name of the file; else by what only one of them declares.</summary>
    private static ModelPreset FindPreset(OnnxModelOptions options, string input, int width) =>
        ModelPreset.ForFile(options.Model)
        ?? (input, width) switch
        {
            ("input_image", _) => ModelPreset.BiRefNet,
            (_, 320) => ModelPreset.U2Net,
            _ => throw new MatteModelException($"{OnnxModelOptions.PresetVariable}: expected one of {Join(ModelPreset.All.Select(preset => preset.Name))}, because neither the name of {Path.GetFileName(options.Model)} nor its graph says what kind of model it is, but received nothing."),
        };

    private static string Describe(NodeMetadata node) => node.IsTensor ? $"{node.ElementType.Name.ToLowerInvariant()}[{string.Join(',', node.Dimensions)}]" : node.OnnxValueType.ToString();

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Take(12));
}
