export declare function fillConversation(databaseUrl: string, publicId: string, count: number): Promise<number>;
