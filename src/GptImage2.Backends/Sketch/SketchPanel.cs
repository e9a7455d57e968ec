using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Models;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>A storyboard's panel: a label, the references as chips, the shot in its frame, and the prompt in full.</summary>
internal sealed class SketchPanel(SketchInputs inputs, int number)
{
    /// <summary>Wider than that, and the prompt stands beside the shot.</summary>
    private const double Wide = 1.7;

    /// <summary>Of the height, for the prompt at the foot.</summary>
    private const double MaxShare = 0.55;

    private readonly SketchScene _scene = inputs.Scene;

    public Colour Tint { get; } = SketchPalette.ChooseTint(inputs.Request.Prompt, number, inputs.Request.Backdrop?.Colour);

    public Colour Paper => SketchPalette.Lighten(Tint, 0.2);

    public Image Draw(Dimensions size)
    {
        var canvas = SketchCanvas.Create(size, Paper);
        DrawOn(canvas, hasShot: true);
        return canvas.ToImage();
    }

    /// <param name="hasShot">Whether the shot is drawn, or is what the canvas shows already.</param>
    public void DrawOn(SketchCanvas canvas, bool hasShot)
    {
        // On a small panel in a large image, letters keep a size that can be read.
        var unit = Math.Max(canvas.Whole.Short, 0.6 * Math.Min(inputs.Request.Size.Width, inputs.Request.Size.Height)) / 100;
        var room = DrawCaption(canvas, DrawChips(canvas, DrawHeader(canvas, canvas.Whole.Inset(4 * unit), unit), unit), unit, hasShot && canvas.Whole.Width > Wide * canvas.Whole.Height);
        if (hasShot && room.Short > 10 * unit)
        {
            DrawCells(canvas, room, unit);
        }
    }

    private Box DrawHeader(SketchCanvas canvas, Box room, double unit)
    {
        var letters = (int)Math.Max(SketchText.Legible, 3.2 * unit);
        var label = $"SKETCH{(inputs.Request.Count > 1 ? $"  {number} of {inputs.Request.Count}" : "")}";
        using var whole = SketchText.DrawPill($"{label}  {inputs.Request.Size}  {inputs.Request.Quality.Name}", letters);
        using var pill = whole.Size.Width < room.Width * 0.8 ? whole.ToSrgb8() : SketchText.DrawPill(label, letters);

        // On the right, because contact sheets number their images on the left.
        canvas.Paste(pill, room.Right - pill.Size.Width, room.Top);
        return room.WithoutTop(pill.Size.Height + (2.5 * unit));
    }

    private Box DrawChips(SketchCanvas canvas, Box room, double unit)
    {
        if (inputs.Chips is not { Count: > 0 and var count } chips || room.Height < 20 * unit)
        {
            return room;
        }

        var gap = 1.5 * unit;
        var columns = (int)Math.Clamp(room.Width / Math.Max((count > 6 ? 21 : 24) * unit, 120), 1, count);
        var rows = (count + columns - 1) / columns;
        var edge = Math.Min(13 * unit, ((room.Height * 0.36) - (gap * (rows - 1))) / rows);
        var width = Math.Min((room.Width - (gap * (columns - 1))) / columns, 42 * unit);
        var strip = room with { Width = (width * columns) + (gap * (columns - 1)), Height = (edge * rows) + (gap * (rows - 1)) };
        foreach (var (index, chip) in chips.Index())
        {
            chip.Draw(canvas, strip.Cell(index, columns, rows, gap));
        }

        return room.WithoutTop(strip.Height + (2.5 * unit));
    }

    /// <summary>The prompt at the foot or on the right, in smaller letters before it is cut short.</summary>
    private Box DrawCaption(SketchCanvas canvas, Box room, double unit, bool isBeside)
    {
        var padding = 2.2 * unit;
        var most = room.Inset(padding) with { Width = (isBeside ? room.Width * 0.42 : room.Width) - (2 * padding) };
        using var text = SketchText.Render(inputs.Request.Prompt, (int)Math.Max(SketchText.Legible, (isBeside ? 5.5 : 3.8) * unit), most with { Height = (room.Height * (isBeside ? 1 : MaxShare)) - (2 * padding) });
        var height = text.Size.Height + (2 * padding);
        var card = new Box(room.Right - most.Width - (2 * padding), isBeside ? room.Top : room.Bottom - height, most.Width + (2 * padding), isBeside ? room.Height : height);
        canvas.Draw(card, 1.2 * unit, Colour.White with { Alpha = 242 }, Math.Max(1, 0.25 * unit), SketchPalette.Lighten(SketchPalette.Ink, 0.6));
        canvas.Paste(text, SketchText.IsRightToLeft(inputs.Request.Prompt) ? card.Right - padding - text.Size.Width : card.Left + padding, card.Top + padding);
        return isBeside ? room with { Width = room.Width - card.Width - (2.5 * unit) } : room with { Height = room.Height - height - (2.5 * unit) };
    }

    private void DrawCells(SketchCanvas canvas, Box room, double unit)
    {
        var count = _scene.Cells.Count;
        var columns = Math.Min(count, _scene.Columns ?? Enumerable.Range(1, count).MinBy(columns => Misfit(columns, (count + columns - 1) / columns)));
        foreach (var (index, label) in _scene.Cells.Index())
        {
            var lettering = count is 1 ? string.Join('\n', _scene.Lettering.Take(3)) : _scene.Lettering.ElementAtOrDefault(index) ?? "";
            new SketchCell(canvas, _scene, room.Cell(index, columns, (count + columns - 1) / columns, 2 * unit), Tint).Draw(label, lettering);
        }

        // Far from square, or gaps at the end of the last row.
        double Misfit(int columns, int rows) => Math.Abs(Math.Log(room.Width / columns * rows / room.Height)) + (0.6 * ((columns * rows) - count));
    }
}
