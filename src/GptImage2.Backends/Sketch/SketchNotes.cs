using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch;

/// <summary>What is written into a region: that it is a sketch, the prompt and the references, as much of it as there is room for.</summary>
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
        return StackVertically(notes, gap);
    }

    /// <summary>From top to bottom.</summary>
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

    /// <summary>One below the other, centred.</summary>
    private static Image StackVertically(List<Image> notes, int gap)
    {
        var size = new Dimensions(notes.Max(note => note.Size.Width), notes.Sum(note => note.Size.Height) + (gap * (notes.Count - 1)));
        var stack = Image.FromColour(size, Colour.Transparent);
        var top = 0;
        foreach (var note in notes)
        {
            using var below = stack;
            stack = below.Insert(note, (size.Width - note.Size.Width) / 2, top);
            top += note.Size.Height + gap;
            note.Dispose();
        }

        return stack;
    }
}
