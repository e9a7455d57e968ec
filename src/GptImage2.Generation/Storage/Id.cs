using System.Security.Cryptography;

namespace GptImage2.Generation.Storage;

/// <summary>Makes names that cannot be guessed.</summary>
public static class Id
{
    /// <summary>Without 0, 1, l and o, so that an id survives being read aloud.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>The expression every id satisfies, after its prefix.</summary>
    public const string Pattern = "[a-km-np-z2-9]{16}";

    public static string ForImage() => "img_" + RandomNumberGenerator.GetString(Alphabet, 16);

    public static string ForJob() => "job_" + RandomNumberGenerator.GetString(Alphabet, 16);

    public static string ForProcess() => RandomNumberGenerator.GetString(Alphabet, 16);
}
