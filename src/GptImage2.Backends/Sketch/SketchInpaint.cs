using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch;

/// <summary>The image with a touch of paint everywhere, and something new inside the region that fades out towards its border.</summary>
internal static class SketchInpaint
{
    public static Image Draw(SketchInputs inputs, ReadOnlySpan<byte> canvas, SketchRegion region, int number, Random random)
    {
        var size = inputs.Request.Size;
        var inset = ComputeInset(inputs, region.Insets.Max());
        var pixels = SketchRepaint.Apply(canvas, inputs.Palette[0], random);
        SketchRegionPaint.Apply(pixels, size, region, inset, thickness: Math.Max(1.6, 0.22 * inputs.Unit), inputs.Palette, random);
        using var painted = Image.FromPixels(size, pixels);
        using var plain = painted.HasTransparentPixels() ? painted.ToSrgb8() : painted.Flatten(Colour.White);
        return DrawNotes(plain, inputs, region.FindRoom(1.6 * inset), number);
    }

    /// <summary>How far inside the outline runs, in pixels: beyond any feather, so that pasting the image back keeps it.</summary>
    private static double ComputeInset(SketchInputs inputs, double deepest)
    {
        var feather = inputs.Request is InpaintRequest { Feather: { } given } ? given : 0;
        return Math.Min(Math.Max(Math.Clamp(2.6 * inputs.Unit, 10, 48), feather + 4), deepest * 0.45);
    }

    private static Image DrawNotes(Image below, SketchInputs inputs, PixelArea? room, int number)
    {
        if (room is not { } area || SketchNotes.Draw(inputs, area.Size, number) is not { } notes)
        {
            return below.ToSrgb8();
        }

        using (notes)
        {
            return below.Overlay(notes, area.Left + ((area.Size.Width - notes.Size.Width) / 2), area.Top + ((area.Size.Height - notes.Size.Height) / 2));
        }
    }
}

/// <summary>What is written into a region: that it is a sketch, the prompt and the references, as far as they fit.</summary>
internal static class SketchNotes
{
    private const int MinLetterSize = 10;

    /// <param name="room">In pixels; the notes are never larger.</param>
    /// <returns>Null when there is no room for any.</returns>
    public static Image? Draw(SketchInputs inputs, Dimensions room, int number)
    {
        var letters = Math.Max(MinLetterSize, Math.Min((int)(3 * inputs.Unit), Math.Min(room.Height / 5, room.Width / 9)));
        if (room.Height < letters * 2 || room.Width < letters * 7)
        {
            return null;
        }

        var gap = (int)Math.Min(inputs.Unit * 1.6, room.Height / 16.0);
        var notes = CreateNotes(inputs, room, letters, gap, number);
        var size = new Dimensions(notes.Max(note => note.Size.Width), notes.Sum(note => note.Size.Height) + (gap * (notes.Count - 1)));
        int[] tops = [.. notes.Select((_, index) => notes.Take(index).Sum(above => above.Size.Height + gap))];
        return SketchLabels.Arrange(size, notes.Zip(tops, (note, top) => (note, (size.Width - note.Size.Width) / 2, top)));
    }

    private static List<Image> CreateNotes(SketchInputs inputs, Dimensions room, int letters, int gap, int number)
    {
        var words = $"SKETCH{SketchLabels.FormatNumber(inputs.Request, number)}";
        var notes = new List<Image> { SketchLabels.DrawPill(words, new TextStyle { Size = letters, Colour = Colour.White, Bold = true }) };
        var left = room.Height - notes[0].Size.Height - gap;
        if (left > letters * 3)
        {
            var most = new Dimensions(Math.Min(room.Width, letters * 22), Math.Min(letters * 8, inputs.References is [] ? left : left / 2));
            notes.Add(SketchLabels.DrawCard(inputs.Request.Prompt, most, letters, letters * 3 / 4, snug: true));
            left -= notes[1].Size.Height + gap;
        }

        if (left > 0 && SketchReferenceGrid.Draw(inputs.References, new(room.Width, left), (int)(15 * inputs.Unit)) is { } strip)
        {
            notes.Add(strip);
        }

        return notes;
    }
}
