using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch;

/// <summary>What is written into a region: that it is a sketch, the prompt and the references, as much of it as there is room for.</summary>
internal static class SketchNotes
{
    private const int SmallestLetters = 10;

    public static Picture Add(Picture below, SketchInputs inputs, PixelArea? room, int number)
    {
        if (room is not { } area)
        {
            return below.ToSrgb8();
        }

        var notes = Notes(inputs, area.Size, number);
        var gap = Gap(area.Size, inputs.Unit);
        var top = area.Top + ((area.Size.Height - notes.Sum(note => note.Size.Height) - (gap * (notes.Count - 1))) / 2);
        var noted = below.ToSrgb8();
        foreach (var note in notes)
        {
            using var under = noted;
            noted = under.Overlay(note, area.Left + ((area.Size.Width - note.Size.Width) / 2), top);
            top += note.Size.Height + gap;
            note.Dispose();
        }

        return noted;
    }

    /// <summary>From top to bottom.</summary>
    private static List<Picture> Notes(SketchInputs inputs, Dimensions room, int number)
    {
        var letters = Math.Min((int)(3 * inputs.Unit), Math.Min(room.Height / 5, room.Width / 9));
        if (Math.Max(letters, SmallestLetters) is var size && (room.Height < size * 2 || room.Width < size * 7))
        {
            return [];
        }

        var notes = new List<Picture> { SketchLabels.Pill("SKETCH" + SketchLabels.Numbered(inputs.Request, number), new() { Size = size, Colour = Colour.White, Bold = true }) };
        var gap = Gap(room, inputs.Unit);
        var left = room.Height - notes[0].Size.Height - gap;
        if (left > size * 3)
        {
            var most = new Dimensions(Math.Min(room.Width, size * 22), Math.Min(size * 8, inputs.References is [] ? left : left / 2));
            notes.Add(SketchLabels.Card(inputs.Request.Prompt, most, size, size * 3 / 4));
            left -= notes[1].Size.Height + gap;
        }

        if (left > 0 && SketchStrip.Draw(inputs.References, new(room.Width, left), (int)(15 * inputs.Unit)) is { } strip)
        {
            notes.Add(strip);
        }

        return notes;
    }

    private static int Gap(Dimensions room, double unit) => (int)Math.Min(unit * 1.6, room.Height / 16.0);
}
