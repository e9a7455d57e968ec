using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GptImage2.Generation.Storage;

/// <summary>Makes names that cannot be guessed.</summary>
public static class IdGenerator
{
    /// <summary>Without 0, 1, l and o, so that an id survives being read aloud.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private const int Length = 16;

    /// <summary>The expression every id satisfies, after its prefix.</summary>
    public const string Pattern = "[a-km-np-z2-9]{16}";

    /// <summary>
    /// The same for the same picture of the same job, so that a file which a crash left tells whose it is, and a picture that is
    /// finished again keeps its id. Nobody can guess it who does not know the job's.
    /// </summary>
    /// <param name="number">Which of the job's pictures, from 1.</param>
    /// <param name="finished">Whether it is made from the kept picture, rather than the kept one itself.</param>
    public static string CreateImageId(string jobId, int number, bool finished)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{jobId}/{number}/{(finished ? "finished" : "kept")}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return "img_" + string.Create(Length, hash, static (letters, bytes) =>
        {
            for (var place = 0; place < letters.Length; place++)
            {
                letters[place] = Alphabet[bytes[place] % Alphabet.Length];
            }
        });
    }

    public static string CreateJobId() => "job_" + RandomNumberGenerator.GetString(Alphabet, Length);

    public static string CreateInstanceId() => RandomNumberGenerator.GetString(Alphabet, Length);
}
