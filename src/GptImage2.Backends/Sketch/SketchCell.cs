using GptImage2.Backends.Sketch.Drawing;

namespace GptImage2.Backends.Sketch;

/// <summary>One framed shot: figures, or a crossed box for a thing, as large as the shot says and where its words put them.</summary>
internal sealed class SketchCell(SketchCanvas canvas, SketchScene scene, Box cell, Colour tint)
{
    private const double HeadsPerBody = 6.5;

    /// <summary>In shares of a cell's height: a head, where it begins, and a thing.</summary>
    private static readonly Dictionary<string, (double Head, double Top, double Thing)> Shots = new()
    {
        ["ECU"] = (1.1, -0.1, 1.05),
        ["CU"] = (0.5, 0.13, 0.72),
        ["MS"] = (0.27, 0.13, 0.56),
        ["FS"] = (0.122, 0.08, 0.5),
        ["WS"] = (0.07, 0.35, 0.27),
        ["EWS"] = (0.032, 0.56, 0.13),
    };

    private readonly Colour _fill = SketchPalette.Lighten(tint, 0.5);
    private readonly double _line = Math.Max(1.4, cell.Short * 0.006);

    private string Shot => scene.Shot ?? (scene.Eye is null ? "FS" : "MS");

    private double Ground => cell.Top + (cell.Height * (Shot is "EWS" ? 0.77 : scene.Angle is null ? 0.87 : 0.8));

    /// <param name="label">Its number or its view; empty for none.</param>
    /// <param name="lettering">Words that are to be read in it.</param>
    public void Draw(string label, string lettering)
    {
        canvas.Clip = cell;
        canvas.Draw(cell, 0, SketchPalette.Lighten(tint, 0.05));
        if (Shot is "WS" or "EWS" || scene.Angle is not null)
        {
            DrawHorizon(cell.Top + (cell.Height * (scene.Angle switch { "from above" => 0.16, "from below" => 0.93, _ => 0.62 })));
        }

        var x = cell.Left + (cell.Width * (scene.Side switch { "left" => 0.27, "right" => 0.73, _ => scene.Eye is "OTS" ? 0.64 : 0.5 }));
        var middle = scene.Figures > 0 || scene.Eye is "OTS" ? DrawFigures(x, label) : DrawThing(x);
        DrawEye();
        DrawLettering(lettering, x, middle);
        DrawTag(label is "" ? string.Join(" · ", new[] { scene.Shot, scene.Eye, scene.Angle, scene.Side }.OfType<string>()) : label);
        canvas.Draw(cell, 0, Colour.Transparent, _line, SketchPalette.Ink);
        canvas.Clip = canvas.Whole;
    }

    private void DrawHorizon(double y)
    {
        canvas.Draw(new Box(cell.Left, y, cell.Width, cell.Bottom - y), 0, SketchPalette.Lighten(tint, 0.16));
        canvas.DrawLine((cell.Left, y), (cell.Right, y), _line, SketchPalette.Ink);
    }

    /// <returns>Where lettering goes.</returns>
    private double DrawFigures(double x, string view)
    {
        var (share, from, _) = Shots[Shot];
        var count = Math.Max(1, scene.Figures);
        var head = Math.Min(cell.Height * share, cell.Width * (Shot is "ECU" ? 0.9 : 0.9 / (2.6 * count)));
        var top = Shot is "ECU" or "CU" or "MS" ? cell.Top + (cell.Height * from) + (((cell.Height * share) - head) * 0.6) : Ground - (head * HeadsPerBody);
        for (var number = 0; number < count; number++)
        {
            SketchFigure.Draw(canvas, (x + ((number - ((count - 1) / 2.0)) * 2.6 * head), top), head, view, _line, _fill, SketchPalette.Ink);
        }

        return cell.Top + (cell.Height * (Shot is "WS" or "EWS" ? 0.2 : 0.76));
    }

    private double DrawThing(double x)
    {
        var (_, _, share) = Shots[Shot];
        var height = Math.Min(cell.Height * share, cell.Width * 0.66);
        var box = new Box(x - (height * 0.6), Shot is "ECU" or "CU" ? cell.Top + ((cell.Height - height) / 2) : Ground - height, height * 1.2, height);
        canvas.Draw(box, 0, _fill, _line, SketchPalette.Ink);
        canvas.DrawLine((box.Left, box.Top), (box.Right, box.Bottom), _line * 0.7, SketchPalette.Ink);
        canvas.DrawLine((box.Left, box.Bottom), (box.Right, box.Top), _line * 0.7, SketchPalette.Ink);
        return Shot is "EWS" ? cell.Top + (cell.Height * 0.2) : box.Top + (height / 2);
    }

    /// <summary>Whose eye sees it: past a shoulder, or through a finder.</summary>
    private void DrawEye()
    {
        if (scene.Eye is "OTS")
        {
            var head = Math.Min(cell.Height * 0.44, cell.Width * 0.3);
            var shade = SketchPalette.Lighten(SketchPalette.Ink, 0.82);
            SketchFigure.Draw(canvas, (scene.Side is "left" ? cell.Right - (head * 0.5) : cell.Left + (head * 0.5), cell.Top + (cell.Height * 0.28)), head, "back", _line, shade, SketchPalette.Ink);
        }
        else if (scene.Eye is "POV")
        {
            canvas.Draw(cell.Inset(cell.Short * 0.06), cell.Short * 0.06, Colour.Transparent, _line * 1.5, SketchPalette.Ink);
        }
    }

    private void DrawLettering(string words, double x, double y)
    {
        if (words is not "" && cell.Short > 60)
        {
            var size = (int)Math.Clamp(cell.Short * 0.11, 11, 400);
            using var text = SketchText.Render(words, size, new Box(0, 0, cell.Width * 0.84, cell.Height * 0.3), bold: true);
            var plate = new Box(0, 0, text.Size.Width + (size * 0.9), text.Size.Height + (size * 0.7));
            var left = Math.Clamp(x - (plate.Width / 2), cell.Left + (size * 0.2), Math.Max(cell.Left + (size * 0.2), cell.Right - plate.Width - (size * 0.2)));
            canvas.Draw(plate with { Left = left, Top = y - (plate.Height / 2) }, size * 0.25, Colour.White, _line, SketchPalette.Ink);
            canvas.Paste(text, left + (size * 0.45), y - (text.Size.Height / 2.0));
        }
    }

    private void DrawTag(string words)
    {
        var size = (int)Math.Clamp(cell.Short * 0.05, 11, 60);
        if (words is not "" && cell.Short > 4 * size)
        {
            using var tag = SketchText.DrawPill(words, size);
            canvas.Paste(tag, cell.Left + (size * 0.5), cell.Bottom - tag.Size.Height - (size * 0.5));
        }
    }
}
