using GptImage2.Generation.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>The bytes of the one image that a request carries, as its body or as the one file of a form. Never in memory as a whole.</summary>
internal static class UploadBody
{
    private const string Form = "multipart/form-data";
    private const int MaxBoundaryLength = 100;

    /// <exception cref="UploadRefusedException">There is no file in the form.</exception>
    /// <exception cref="InvalidDataException">It is no form.</exception>
    public static async Task<Stream> OpenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase))
        {
            // curl calls what it sends a form, whatever it is: only the bytes count.
            return request.Body;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > MaxBoundaryLength)
        {
            throw new InvalidDataException($"Expected a form with a boundary of 1 to {MaxBoundaryLength} characters.");
        }

        var form = new MultipartReader(boundary.ToString(), request.Body);
        return await FindFileAsync(form, cancellationToken) is { } file
            ? new OnlyFileStream(form, file)
            : throw new UploadRefusedException(
                UploadRefusal.InvalidUpload, "expected a form with one file but received none. Else send the image's bytes as the body, without a form.");
    }

    /// <returns>The body of the next file, or null where there is none.</returns>
    /// <exception cref="InvalidDataException">The form has no end.</exception>
    public static async Task<Stream?> FindFileAsync(MultipartReader form, CancellationToken cancellationToken)
    {
        while (await ReadFormAsync(() => form.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
            {
                return section.Body;
            }
        }

        return null;
    }

    /// <summary>The reader of forms says in the same way that a form has no end and that a connection broke; the latter has types of its own.</summary>
    /// <exception cref="InvalidDataException">The form has no end.</exception>
    public static async Task<T> ReadFormAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (IOException cut) when (cut.GetType() == typeof(IOException))
        {
            throw new InvalidDataException("Expected a complete form but received one without its end.", cut);
        }
    }
}
