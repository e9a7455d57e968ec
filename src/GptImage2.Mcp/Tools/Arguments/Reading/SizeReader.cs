using GptImage2.Generation.Models;

namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>
/// Reads a size however it is written, for all tools that draw: <c>size</c>, <c>aspect_ratio</c>, or any value where a preset or resize_to belongs.
/// A legal canvas becomes width and height, any other size becomes resize_to, and a shape becomes the preset or the canvas that has it.
/// </summary>
internal sealed class SizeReader(SizeRules rules)
{
    private static readonly string[] SizeNames = ["size", "resolution", "dimensions", "image_size", "imageSize", "output_size", "target_size", "canvas", "canvas_size"];
    private static readonly string[] ShapeNames = ["aspect_ratio", "aspect", "ratio", "aspectRatio", "ar", "orientation", "shape"];

    public void Read(ArgumentSet arguments)
    {
        ReadPreset(arguments);
        ReadResizeTo(arguments);
        var shape = ShapeNames.FirstOrDefault(arguments.Has);
        foreach (var name in SizeNames.Where(arguments.Has).ToArray())
        {
            ReadSize(arguments, name, shape);
        }

        if (shape is not null && arguments.Has(shape))
        {
            ReadShape(arguments, shape);
        }
    }

    private void ReadPreset(ArgumentSet arguments)
    {
        if (arguments.Find("preset") is { } written && !IsPreset(written) && SizeText.Parse(written) is not null)
        {
            ReadSize(arguments, "preset", ShapeNames.FirstOrDefault(arguments.Has));
        }
    }

    private static void ReadResizeTo(ArgumentSet arguments)
    {
        if (arguments.Find("resize_to") is { } written && SizeText.Parse(written) is SizeText.Pixels { Size: var size })
        {
            arguments.Set("resize_to", size.ToString());
        }
    }

    private void ReadSize(ArgumentSet arguments, string name, string? shape)
    {
        var written = arguments.Find(name)!.Value;
        var others = OtherSizes(arguments, name);
        if (others is not [])
        {
            arguments.Refuse(name, $"to be omitted beside {string.Join(" and ", others)}", SchemaDescriptions.Truncate(written), null, new Repair(name, null) { IsGuess = true });
            return;
        }

        switch (SizeText.Parse(written))
        {
            // A number alone is rather one of dots per inch.
            case SizeText.Pixels when name is "resolution" && written.ValueKind is JsonValueKind.Number:
                RefuseUnknown(arguments, name, written);
                break;
            case SizeText.Pixels { Size: var size }:
                arguments.Remove(name);
                SetPixels(arguments, size);
                break;
            case SizeText.Largest when shape is not null && SizeText.Parse(arguments.Find(shape)!.Value) is SizeText.Shape { Ratio: var ratio } && rules.AllowsRatio(ratio):
                arguments.Remove(name);
                arguments.Remove(shape);
                SetPixels(arguments, rules.Largest(ratio));
                break;
            case SizeText.Largest:
                arguments.Refuse(name, "a size in pixels, a preset or a ratio", SchemaDescriptions.Truncate(written), "wide_4k", new Repair(name, null), new Repair("preset", "wide_4k"));
                break;
            case SizeText.Shape when shape is not null:
                arguments.Refuse(name, $"to be omitted beside {shape}", SchemaDescriptions.Truncate(written), null, new Repair(name, null) { IsGuess = true });
                break;
            case SizeText.Shape:
                ReadShape(arguments, name);
                break;
            case SizeText.Unset:
                arguments.Remove(name);
                break;
            default:
                RefuseUnknown(arguments, name, written);
                break;
        }
    }

    private void ReadShape(ArgumentSet arguments, string name)
    {
        var written = arguments.Find(name)!.Value;
        if (SizeText.Parse(written) is not SizeText.Shape { Ratio: var ratio })
        {
            RefuseUnknown(arguments, name, written);
        }
        else if (FindGiven(arguments) is { } given)
        {
            RemoveIfSame(arguments, name, written, ratio, given);
        }
        else if (!rules.AllowsRatio(ratio))
        {
            var nearest = ratio.Width > ratio.Height ? $"{rules.MaxRatio}:1" : $"1:{rules.MaxRatio}";
            var canvas = rules.ChooseForShape(ratio);
            arguments.Refuse(name, $"1:{rules.MaxRatio} to {rules.MaxRatio}:1", SchemaDescriptions.Truncate(written), nearest, new Repair(name, null), new Repair("width", canvas.Width), new Repair("height", canvas.Height));
        }
        else
        {
            arguments.Remove(name);
            SetShape(arguments, ratio);
        }
    }

    /// <summary>A shape beside a size adds nothing where they agree, and is refused where they do not.</summary>
    private static void RemoveIfSame(ArgumentSet arguments, string name, JsonElement written, Dimensions ratio, Dimensions given)
    {
        if (Math.Abs(Math.Log((double)ratio.Width * given.Height / ((double)ratio.Height * given.Width))) < 0.02)
        {
            arguments.Remove(name);
        }
        else
        {
            arguments.Refuse(name, $"to be omitted, or to be that of the size that is given, {given}", SchemaDescriptions.Truncate(written), null, new Repair(name, null) { IsGuess = true });
        }
    }

    private void SetShape(ArgumentSet arguments, Dimensions ratio)
    {
        if (ReadEdge(arguments, "width") is { } width)
        {
            arguments.Set("height", Math.Max(1, RoundToMultiple((double)width * ratio.Height / ratio.Width)));
        }
        else if (ReadEdge(arguments, "height") is { } height)
        {
            arguments.Set("width", Math.Max(1, RoundToMultiple((double)height * ratio.Width / ratio.Height)));
        }
        else if (SizePreset.All.FirstOrDefault(preset => (long)preset.Size.Width * ratio.Height == (long)preset.Size.Height * ratio.Width) is { } preset)
        {
            arguments.Set("preset", preset.Name);
        }
        else
        {
            SetPixels(arguments, rules.ChooseForShape(ratio));
        }
    }

    private void SetPixels(ArgumentSet arguments, Dimensions size)
    {
        if (rules.Allows(size))
        {
            arguments.Set("width", size.Width);
            arguments.Set("height", size.Height);
        }
        else
        {
            arguments.Set("resize_to", size.ToString());
        }
    }

    private static void RefuseUnknown(ArgumentSet arguments, string name, JsonElement written)
    {
        var names = SizePreset.All.Select(preset => preset.Name).ToArray();
        var text = written.ValueKind is JsonValueKind.String ? written.GetString()! : "";
        if (names.Contains(text))
        {
            arguments.Remove(name);
            arguments.Set("preset", text);
        }
        else if (name is not "preset")
        {
            var nearest = EditDistance.FindNear(text, names);
            arguments.Refuse(
                name,
                $"a ratio such as 16:9, pixels such as 1920x1080, or a preset ({string.Join(", ", names)})",
                SchemaDescriptions.Truncate(written),
                nearest,
                [new Repair(name, null) { IsGuess = nearest is null }, .. nearest is null ? [] : new[] { new Repair("preset", nearest) }]);
        }
    }

    /// <summary>Other arguments that already give a size of their own.</summary>
    private static string[] OtherSizes(ArgumentSet arguments, string name) =>
        [.. SizeNames.Concat(["preset", "width", "height", "resize_to"]).Where(other => other != name && arguments.Has(other))];

    private static Dimensions? FindGiven(ArgumentSet arguments) =>
        arguments.FindText("preset") is { } name ? SizePreset.All.FirstOrDefault(preset => preset.Name == name)?.Size
        : ReadEdge(arguments, "width") is > 0 and var width && ReadEdge(arguments, "height") is > 0 and var height ? new Dimensions(width, height)
        : Dimensions.TryParse(arguments.FindText("resize_to"), null, out var size) ? size
        : null;

    private static int? ReadEdge(ArgumentSet arguments, string name) => arguments.Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var edge) => edge,
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.None, null, out var edge) => edge,
        _ => null,
    };

    private int RoundToMultiple(double edge) => (int)Math.Round(edge / rules.EdgeMultiple) * rules.EdgeMultiple;

    private static bool IsPreset(JsonElement written) => written.ValueKind is JsonValueKind.String && SizePreset.All.Any(preset => preset.Name == written.GetString());
}
