/** Text from bytes of UTF-8; what is none is replaced. QuickJS has no `TextDecoder`. */
export declare function textOf(bytes: Uint8Array): string;
/** The bytes of a text in UTF-8. QuickJS has no `TextEncoder`. */
export declare function bytesOf(text: string): Uint8Array;
