using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>Which pixels an edit may change, found without the code that is tested. One byte a pixel: 1 changes, 0 stays, 2 cannot be told.</summary>
internal sealed record ExpectedRegion(Dimensions Size, byte[] Marks)
{
    public byte this[int x, int y] => Marks[(y * Size.Width) + x];

    public int ChangedCount => Marks.AsSpan().Count((byte)1);

    public int UnchangedCount => Marks.AsSpan().Count((byte)0);

    public bool IsCertain => !Marks.AsSpan().Contains((byte)2);

    /// <summary>A pixel belongs when its centre does; a shape that holds no centre covers some of the pixels that it touches.</summary>
    public static ExpectedRegion Create(Dimensions size, IReadOnlyList<ExpectedShape> shapes, bool invert)
    {
        var marks = new byte[size.PixelCount];
        foreach (var shape in shapes)
        {
            Add(size, marks, shape);
        }

        for (var i = 0; i < marks.Length && invert; i++)
        {
            marks[i] = marks[i] is 2 ? marks[i] : (byte)(1 - marks[i]);
        }

        return new ExpectedRegion(size, marks);
    }

    /// <summary>The box around what changes; right and bottom are beyond it.</summary>
    public (int Left, int Top, int Right, int Bottom) Bounds()
    {
        var (left, top, right, bottom) = (Size.Width, Size.Height, 0, 0);
        for (var y = 0; y < Size.Height; y++)
        {
            var row = Marks.AsSpan(y * Size.Width, Size.Width);
            if (row.IndexOf((byte)1) is >= 0 and var first)
            {
                (left, right, top, bottom) = (Math.Min(left, first), Math.Max(right, row.LastIndexOf((byte)1) + 1), Math.Min(top, y), y + 1);
            }
        }

        return (left, top, right, bottom);
    }

    private static void Add(Dimensions size, byte[] marks, ExpectedShape shape)
    {
        var (left, top) = (Math.Max(0, (int)Math.Floor(shape.Left)), Math.Max(0, (int)Math.Floor(shape.Top)));
        var (right, bottom) = (Math.Min(size.Width, (int)Math.Ceiling(shape.Right) + 1), Math.Min(size.Height, (int)Math.Ceiling(shape.Bottom) + 1));
        var any = false;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var at = shape.Classify(x + 0.5, y + 0.5);
                any |= at is not 0;
                ref var mark = ref marks[(y * size.Width) + x];
                mark = mark is 1 || at is 1 ? (byte)1 : (byte)(mark | at);
            }
        }

        for (var y = top; y < bottom && !any; y++)
        {
            for (var x = left; x < right; x++)
            {
                marks[(y * size.Width) + x] |= (byte)(marks[(y * size.Width) + x] is 0 ? 2 : 0);
            }
        }
    }
}
